import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeCertificate } from '../lab/certificate.ts'
import type { DeskPhone } from '../lab/desk-phone.ts'
import { t54w, vvx450 } from '../lab/devices.ts'
import { type Lab, startLab } from '../lab/lab.ts'
import { freePort, makeFolder } from '../lab/places.ts'
import { eventually } from '../lab/tape.ts'

const certs = makeFolder()
let lab: Lab
let phone: DeskPhone

/** Bootline speaks TLS with a proxy that challenges it; the phones are on TCP, which is what SIPp knows. */
beforeAll(async () => {
  const made = makeCertificate(certs.path)
  lab = await startLab({
    certs: certs.path,
    transport: 'tls',
    settings: { NODE_EXTRA_CA_CERTS: made.certificate },
    kamailio: { challenge: 'line', tls: { ...made, port: await freePort() } },
    lines: [
      { number: '+33483050173', name: 'Accueil', equipment: { model: 'yealink/t54w', mac: t54w.mac } },
      { number: '+33483050174', name: 'Cave', equipment: { model: 'polycom/vvx-450', mac: vvx450.mac } },
    ],
  })
  phone = lab.phone({ ...t54w, router: lab.sipPort })
  await phone.switchOn()
  await lab.inSync(t54w.mac)
})
afterAll(async () => {
  await lab.close()
  certs.remove()
})

let keys = 0
/** Another key on the line's phone. */
async function changeKey(number: string): Promise<void> {
  keys += 1
  await lab.change({ number, keys: { shortcuts: [{ number: '3899', label: `Services ${keys}` }] } })
}

/** The last thing in the device's story comes to be this. */
async function told(mac: string, what: RegExp): Promise<void> {
  await eventually(
    () => lab.story(mac),
    (events) => what.test(events.at(-1) ?? ''),
  )
}

test('a server that is killed between the change and the telling tells once when it is back', async () => {
  lab.server.freeze()
  await changeKey('+33483050173')
  await lab.server.stop('SIGKILL')
  expect(lab.notified()).toEqual([])
  await lab.startServer()
  await phone.boots.until(() => true, 1)
  await lab.inSync(t54w.mac)
  expect(lab.notified().map(({ user, transport }) => [user, transport])).toEqual([['33483050173', 'tls']])
  expect(await lab.story(t54w.mac)).toEqual(['queued', 'told: 200 OK', 'seen', 'in-sync'])
})

test('while the proxy is down the device waits, and is told when somebody tries again', async () => {
  await lab.kamailio.stop()
  const starts = phone.boots.all.length
  await changeKey('+33483050173')
  await told(t54w.mac, /^unreached: .*ECONNREFUSED/)
  expect(await lab.store.reboots.jobs({ mac: t54w.mac, limit: 1 })).toMatchObject([
    { state: 'waiting', attempts: 1 },
  ])
  await lab.startKamailio()
  await phone.register()
  await lab.run('queue', 'now', t54w.mac)
  await phone.boots.until(() => true, starts)
  await lab.inSync(t54w.mac)
  expect(lab.notified()).toHaveLength(1)
})

test('a phone that was off takes what is new when it has power again, and nobody tells it any more', async () => {
  await phone.switchOff()
  await changeKey('+33483050173')
  await told(t54w.mac, /^told: (408|477|478|480)/)
  const before = lab.notified().length
  await phone.switchOn()
  await lab.inSync(t54w.mac)
  expect(lab.notified()).toHaveLength(before)
  expect(phone.heard.all.at(-1)).toBe(phone.boots.all.at(-2)?.cause)
})

test('a phone that answers 489 is there and does not do it: it is told of as such, and takes what is new when it starts', async () => {
  const stubborn = lab.phone({ ...vvx450, manner: 'unwilling', router: lab.sipPort })
  await stubborn.switchOn()
  await lab.inSync(vvx450.mac)
  await changeKey('+33483050174')
  await told(vvx450.mac, /^told: 489/)
  const { stdout } = await lab.run('devices', vvx450.mac)
  expect(stdout).toMatch(/489/)
  expect(stdout).toMatch(/behind/)
  const { happenings, stop } = lab.watch(vvx450.mac)
  await happenings.until(({ what }) => what === 'wanted')
  await stubborn.switchOn()
  await happenings.until(({ what }) => what === 'in-sync')
  await stop()
  expect(stubborn.heard.all).toHaveLength(1)
})
