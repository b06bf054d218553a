import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { createSipSender } from '../../src/reboot/sip/sender.ts'
import { updateFeedOnce } from '../../src/registrar/feed-keeper.ts'
import { startKamailio } from '../lab/kamailio.ts'
import { freePort } from '../lab/places.ts'
import { startSipPhone } from '../lab/sip-phone.ts'
import { accountOf } from '../lab/telling.ts'
import { company, createScene, hour, mac, minute, second, shortcut } from '../reboot/scene.ts'

test('a phone that is off for an hour is asked less and less often, and told once when it is back', async () => {
  const scene = await createScene()
  const port = await freePort()
  const domain = 'sip.lab.test'
  const sip = { sip: { domain, proxy: '127.0.0.1', port } }
  await scene.apply(company('Toine Immo', { [mac(1)]: {} }, sip))
  const file = join(scene.folder, 'feed.db')
  await updateFeedOnce({ file }, scene.store.accounts)
  const kamailio = await startKamailio(scene.folder, {
    domain,
    port,
    accounts: `sqlite:///${file}`,
    patience: 300,
  })
  onTestFinished(kamailio.stop)
  const sender = createSipSender({ listen: { host: '127.0.0.1', port: 0 } })
  onTestFinished(sender.close)
  scene.script = (wake) => scene.clock.watch(sender.wake(wake))

  const account = await accountOf(scene.store, '+33483050000', {
    transport: 'udp',
    server: `127.0.0.1:${port}`,
  })
  const phone = { account, address: '127.0.0.15', manner: 'willing' } as const
  const before = await startSipPhone(phone)
  await scene.boots(mac(1))
  await before.stop()
  await scene.clock.advance(second)
  await scene.apply(company('Toine Immo', { [mac(1)]: shortcut('3899') }, sip))
  scene.start()
  await scene.clock.pass(hour)
  const times = scene.tells.map(({ at }) => at)
  const pauses = times.slice(1).map((at, i) => at - (times[i] ?? 0))
  expect(pauses.length).toBeGreaterThan(1)
  expect(pauses).toEqual(pauses.toSorted((a, b) => a - b))
  expect(await scene.job(mac(1))).toMatchObject({ state: 'waiting', lastResult: 'silent' })

  const after = await startSipPhone(phone)
  onTestFinished(after.stop)
  await scene.clock.pass(30 * minute)
  expect(await after.events.until((event) => event.startsWith('heard'))).toBe('heard check-sync;reboot=false')
  await scene.clock.advance(second)
  await scene.boots(mac(1))
  await scene.clock.pass(hour)
  expect(after.events.all).toHaveLength(2)
  expect(await scene.job(mac(1))).toBeUndefined()
  expect((await scene.story(mac(1))).slice(-3)).toEqual(['told', 'seen', 'in-sync'])
})
