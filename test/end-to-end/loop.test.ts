import { afterAll, beforeAll, expect, test } from 'vitest'
import type { DeskPhone } from '../lab/desk-phone.ts'
import { t54w, vvx450, w60b } from '../lab/devices.ts'
import { type Lab, startLab } from '../lab/lab.ts'
import { makeFolder } from '../lab/places.ts'
import { type Router, startRouter } from '../lab/router.ts'
import { startSipPhone } from '../lab/sip-phone.ts'

const certs = makeFolder()
const handsets = ['+33483050181', '+33483050182', '+33483050183', '+33483050184', '+33483050185']
let lab: Lab
let router: Router
let yealink: DeskPhone
let polycom: DeskPhone
let dect: DeskPhone

beforeAll(async () => {
  lab = await startLab({
    certs: certs.path,
    lines: [
      { number: '+33483050173', name: 'Accueil', equipment: { model: 'yealink/t54w', mac: t54w.mac } },
      { number: '+33483050174', name: 'Cave', equipment: { model: 'polycom/vvx-450', mac: vvx450.mac } },
      ...handsets.map((number, i) => ({
        number,
        name: `Handset ${i + 1}`,
        equipment: { model: 'yealink/w60b', mac: w60b.mac, port: i + 1 },
      })),
    ],
  })
  router = await startRouter({ server: lab.sipPort, address: '127.0.0.44', copies: () => 1 })
  yealink = lab.phone(t54w)
  polycom = lab.phone({ ...vvx450, manner: 'asking', router: router.port })
  dect = lab.phone(w60b)
})
afterAll(async () => {
  await lab.close()
  router.stop()
  certs.remove()
})

test('phones register with what they were given, checked by Kamailio against the accounts that Bootline keeps', async () => {
  const boots = await Promise.all([yealink.switchOn(), polycom.switchOn(), dect.switchOn()])
  expect(boots.map(({ registered }) => registered)).toEqual([[true], [true], [true, true, true, true, true]])
  await Promise.all([t54w, vvx450, w60b].map(({ mac }) => lab.inSync(mac)))
  expect(lab.notified()).toEqual([])
})

test('a key is changed: that phone alone is told, behind another address and asking who tells it, and is in sync', async () => {
  await lab.change({ number: '+33483050174', keys: { shortcuts: [{ number: '3899', label: 'Services' }] } })
  const boot = await polycom.boots.until(() => true, 1)
  expect(boot.files[`${vvx450.mac}-directory.xml`]?.body.includes('3899')).toBe(true)
  await lab.inSync(vvx450.mac)
  expect(lab.notified().map(({ user }) => user)).toEqual(['33483050174'])
  expect(lab.kamailio.events.all.find(({ what }) => what === 'relayed')?.detail).toMatch(
    /^sip:127\.0\.0\.44:/,
  )
  expect([yealink, dect].map(({ boots }) => boots.all.length)).toEqual([1, 1])
  const { stdout } = await lab.run('devices', '--json')
  const states = JSON.parse(stdout).map(({ state }: { state: string }) => state)
  expect(states).toEqual(['in-sync', 'in-sync', 'in-sync'])
  expect(await lab.story(vvx450.mac)).toEqual(['queued', 'told: 200 OK', 'seen', 'in-sync'])
})

test('a password is renewed: the old one is worth nothing at once, and the phone takes the new one', async () => {
  const account = yealink.boots.all[0]?.configured.accounts[0]
  if (!account) throw new Error('the phone has no account')
  await lab.change({ number: '+33483050173', sip: { password: 'Another1Secret' } })
  const stranger = await startSipPhone({ account, address: '127.0.0.66', manner: 'willing' })
  expect(stranger.events.all[0]).toBe('refused')
  await stranger.stop()
  const boot = await yealink.boots.until(() => true, 1)
  expect(boot.configured.accounts).toMatchObject([{ password: 'Another1Secret' }])
  expect(boot.registered).toEqual([true])
  await lab.inSync(t54w.mac)
})

test('a base with five lines that change at once is told once', async () => {
  const before = lab.notified().length
  await lab.change(...handsets.map((number, i) => ({ number, sip: { password: `Handset${i}Secret` } })))
  const boot = await dect.boots.until(() => true, 1)
  expect(boot.registered).toEqual([true, true, true, true, true])
  await lab.inSync(w60b.mac)
  const users = lab
    .notified()
    .slice(before)
    .map(({ user }) => user)
  expect(users).toEqual(['33483050181'])
  expect(dect.heard.all).toHaveLength(1)
  expect(dect.boots.all).toHaveLength(2)
})
