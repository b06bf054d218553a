import { afterAll, beforeAll, expect, test } from 'vitest'
import type { DeskPhone } from '../lab/desk-phone.ts'
import { vvx450 } from '../lab/devices.ts'
import { type Lab, startLab } from '../lab/lab.ts'
import { makeFolder } from '../lab/places.ts'
import { startSipPhone } from '../lab/sip-phone.ts'
import { eventually } from '../lab/tape.ts'

const certs = makeFolder()
const overrides = `${vvx450.mac}-phone.cfg`
const log = `${vvx450.mac}-app.log`
let lab: Lab
let phone: DeskPhone

beforeAll(async () => {
  lab = await startLab({
    certs: certs.path,
    transport: 'tcp',
    company: { userSettings: 'kept' },
    lines: [
      { number: '+33483050173', name: 'Cave', equipment: { model: 'polycom/vvx-450', mac: vvx450.mac } },
      { number: '+33483050174', name: 'Grenier' },
    ],
  })
  phone = lab.phone(vvx450)
  await phone.switchOn()
  await lab.inSync(vvx450.mac)
  const kept = '<PHONE_CONFIG><ALL up.backlight.idleIntensity="1"/></PHONE_CONFIG>'
  expect((await phone.send(overrides, kept)).status).toBeLessThan(300)
  expect((await phone.send(log, 'somebody was called')).status).toBeLessThan(300)
  expect(await phone.fetch(overrides)).toEqual({ status: 200, body: kept })
})
afterAll(async () => {
  await lab.close()
  certs.remove()
})

test('a phone that is unlinked is told to restart and forgets its line; its account is dead at once', async () => {
  const account = phone.boots.all[0]?.configured.accounts[0]
  if (!account) throw new Error('the phone has no account')
  await lab.run('unlink', '+33483050173', '--yes')
  const stranger = await startSipPhone({ account, address: '127.0.0.66', manner: 'willing' })
  expect(stranger.events.all[0]).toBe('refused')
  await stranger.stop()
  const neutral = await phone.boots.until(() => true, 1)
  expect(neutral.configured).toEqual({ accounts: [] })
  expect(neutral.values.get('reg.1.auth.password')).toBe('')
  await lab.inSync(vvx450.mac)
  expect(await lab.story(vvx450.mac)).toEqual(['queued', 'told: 200 OK', 'seen', 'in-sync'])
  expect((await lab.run('devices', vvx450.mac)).stdout).toMatch(/unlinked, reset/)
  expect(lab.notified().map(({ user, transport }) => [user, transport])).toEqual([['33483050173', 'tcp']])
})

test('what was kept of it is not given out, neither to it nor to whoever has it next', async () => {
  expect((await phone.fetch(overrides)).body).not.toContain('backlight')
  expect((await phone.fetch(log)).body).not.toContain('somebody')
  await lab.run('link', '+33483050174', 'polycom/vvx-450', vvx450.mac, '--yes')
  await eventually(
    () => lab.store.devices.deviceState(vvx450.mac),
    (device) => device?.revision !== undefined && device.revision !== device.deliveredRevision,
  )
  const next = await phone.switchOn()
  expect(next.configured.accounts).toMatchObject([{ user: '33483050174' }])
  expect(next.registered).toEqual([true])
  expect((await phone.fetch(overrides)).body).not.toContain('backlight')
  expect((await phone.fetch(log)).body).not.toContain('somebody')
})
