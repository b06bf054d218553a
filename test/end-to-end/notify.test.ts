import { afterEach, expect, test } from 'vitest'
import { mayMakeNetworks, startBaresip } from '../lab/baresip.ts'
import { makeCertificate } from '../lab/certificate.ts'
import { freePort, makeFolder } from '../lab/places.ts'
import { type Router, startRouter } from '../lab/router.ts'
import type { Manner } from '../lab/scenarios.ts'
import { type PhoneWish, type SipPhone, startSipPhone } from '../lab/sip-phone.ts'
import { startTelling, type Telling, type TellingWish } from '../lab/telling.ts'

const mac = '805ec0aa0001'
const number = '+33483050173'
const lines = [{ number, name: 'Accueil', equipment: { model: 'yealink/t54w', mac } }]
const heard = 'heard check-sync;reboot=true'

const closing: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

async function telling(wish: Partial<TellingWish> = {}): Promise<Telling> {
  const made = await startTelling({ lines, ...wish })
  closing.push(made.close)
  return made
}

async function phone(of: Telling, wish: Partial<PhoneWish> = {}): Promise<SipPhone> {
  const account = { ...(await of.account(number)), ...wish.account }
  const made = await startSipPhone({ address: '127.0.0.7', manner: 'willing', ...wish, account })
  closing.push(made.stop)
  expect(made.events.all).toEqual(['registered'])
  return made
}

test.each<[Manner, object]>([
  ['willing', { result: 'heard', status: 200, detail: '200 OK' }],
  ['slow', { result: 'heard', status: 200 }],
  ['asking', { result: 'heard', status: 200 }],
  ['unwilling', { result: 'unwilling', status: 489, detail: '489 Bad Event' }],
  ['unfit', { result: 'unwilling', status: 481 }],
  ['deaf', { result: 'silent', status: 408 }],
])('a phone that is %s, behind the proxy', async (manner, answer) => {
  const lab = await telling()
  const { events } = await phone(lab, { manner })
  expect(await lab.tell(mac)).toMatchObject(answer)
  expect(await events.until((event) => event.startsWith('heard'))).toBe(heard)
  expect(events.all).toEqual(['registered', heard])
})

test('a phone that is not registered is absent', async () => {
  const lab = await telling()
  expect(await lab.tell(mac)).toMatchObject({ result: 'absent', status: 404 })
})

test('over TCP, on the connection that the phone came on', async () => {
  const lab = await telling({ transport: 'tcp' })
  const { events } = await phone(lab)
  expect(await lab.tell(mac)).toMatchObject({ result: 'heard' })
  await events.until((event) => event === heard)
  expect(lab.kamailio.events.all.find(({ what }) => what === 'notify')?.transport).toBe('tcp')
})

test('over TLS, to a server with a certificate that is trusted, and to no other', async () => {
  const folder = makeFolder()
  closing.push(folder.remove)
  const made = makeCertificate(folder.path)
  const tls = { ...made, port: await freePort() }
  const lab = await telling({ transport: 'tls', kamailio: { tls }, authorities: made.pem })
  const { events } = await phone(lab)
  expect(await lab.tell(mac)).toMatchObject({ result: 'heard' })
  await events.until((event) => event === heard)
  expect(lab.kamailio.events.all.find(({ what }) => what === 'notify')?.transport).toBe('tls')
  const strangers = { ...made, port: await freePort() }
  const other = await telling({ transport: 'tls', kamailio: { tls: strangers } })
  expect(await other.tell(mac)).toMatchObject({ result: 'misconfigured' })
  expect(other.kamailio.events.all.map(({ what }) => what)).toEqual(['ready'])
})

test('a proxy that challenges is answered as the line', async () => {
  const lab = await telling({ kamailio: { challenge: 'line' } })
  const { events } = await phone(lab)
  expect(await lab.tell(mac)).toMatchObject({ result: 'heard' })
  expect(await lab.tell(mac)).toMatchObject({ result: 'heard' })
  await events.until((event) => event === heard)
  // The second time the nonce is known.
  expect(lab.kamailio.events.all.filter(({ what }) => what === 'challenged')).toHaveLength(1)
})

test.each(['MD5', 'SHA-256'] as const)(
  'a proxy that challenges is answered by the account for it (%s)',
  async (algorithm) => {
    const account = { user: 'provisioning', password: 'Another1Secret' }
    const kamailio = { challenge: account, algorithm }
    const lab = await telling({ reboot: { by: 'sip', ...account }, kamailio })
    await phone(lab)
    expect(await lab.tell(mac)).toMatchObject({ result: 'heard' })
    const wrong = await telling({ reboot: { by: 'sip', ...account, password: 'wrong' }, kamailio })
    expect(await wrong.tell(mac)).toMatchObject({ result: 'credentials', status: 407 })
  },
)

test('a proxy that challenges, before a phone that does', async () => {
  const lab = await telling({ kamailio: { challenge: 'line' } })
  const { events } = await phone(lab, { manner: 'asking' })
  expect(await lab.tell(mac)).toMatchObject({ result: 'heard' })
  await events.until((event) => event === heard)
})

test('a phone that challenges, behind a proxy that asks nobody, is answered as its line', async () => {
  const lab = await telling({ reboot: { by: 'sip', user: 'provisioning', password: 'Another1Secret' } })
  const { events } = await phone(lab, { manner: 'asking' })
  expect(await lab.tell(mac)).toMatchObject({ result: 'heard' })
  await events.until((event) => event === heard)
})

test('a proxy that is down is silence', async () => {
  const lab = await telling({ t1: 10 })
  await lab.kamailio.stop()
  expect(await lab.tell(mac)).toMatchObject({ result: 'silent' })
  const tcp = await telling({ transport: 'tcp' })
  await tcp.kamailio.stop()
  expect(await tcp.tell(mac)).toMatchObject({ result: 'silent' })
})

/** Nothing is lost or doubled but what the test says. */
async function router(server: number, copies: (datagram: string) => number): Promise<Router> {
  const made = await startRouter({ server, address: '127.0.0.44', copies })
  closing.push(made.stop)
  return made
}

function onlyFirst(start: string, copies: number): (datagram: string) => number {
  let count = 0
  return (datagram) => (datagram.startsWith(start) && count++ === 0 ? copies : 1)
}

test.each([
  ['the request is lost', 'NOTIFY', 0],
  ['the answer is lost', 'SIP/2.0 200', 0],
  ['the request comes twice', 'NOTIFY', 2],
  ['the answer comes twice', 'SIP/2.0 200', 2],
])('when %s between Bootline and the proxy, the phone hears it once', async (_, start, copies) => {
  const through = async (server: number) => (await router(server, onlyFirst(start, copies))).port
  const lab = await telling({ through, t1: 100 })
  const { events } = await phone(lab)
  expect(await lab.tell(mac)).toMatchObject({ result: 'heard', status: 200 })
  await events.until((event) => event === heard)
  expect(lab.kamailio.events.all.filter(({ what }) => what === 'relayed')).toHaveLength(1)
  expect(events.all).toEqual(['registered', heard])
})

test.each([
  ['its answer is lost', 'SIP/2.0 200', 0],
  ['the request comes twice', 'NOTIFY', 2],
])('a phone behind another address, where %s, restarts once', async (_, start, copies) => {
  const lab = await telling()
  const { port } = await router(lab.kamailio.port, onlyFirst(start, copies))
  const { events } = await phone(lab, { router: port })
  expect(await lab.tell(mac)).toMatchObject({ result: 'heard' })
  await events.until((event) => event === heard)
  expect(events.all).toEqual(['registered', heard])
  const relayed = lab.kamailio.events.all.find(({ what }) => what === 'relayed')
  expect(relayed?.detail).toMatch(/^sip:127\.0\.0\.44:/)
})

test('two phones on one line both hear it; one that does not want to is outvoted', async () => {
  const lab = await telling()
  const both = [await phone(lab), await phone(lab, { address: '127.0.0.8', manner: 'unwilling' })]
  expect(await lab.tell(mac)).toMatchObject({ result: 'heard' })
  for (const { events } of both) await events.until((event) => event === heard)
})

test.skipIf(!mayMakeNetworks())(
  'a softphone that wants a subscription first is there and does not do it',
  async () => {
    const lab = await telling()
    const softphone = await startBaresip(await lab.account(number), lab.kamailio.port)
    closing.push(softphone.stop)
    await lab.kamailio.events.until(({ what }) => what === 'registered')
    expect(await lab.tell(mac)).toMatchObject({ result: 'unwilling', status: 481 })
  },
)
