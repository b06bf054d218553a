import { createHmac } from 'node:crypto'
import { EventEmitter, once } from 'node:events'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { pauses } from '../../src/hooks/sending.ts'
import { startHooks } from '../../src/hooks/service.ts'
import { signature } from '../../src/hooks/signature.ts'
import type { Store } from '../../src/store/store.ts'
import { first, fleet, keeping, listeningLog, second, withPassword } from '../registrar/support.ts'
import { company, opened, temporaryFolder } from '../store/support.ts'

const secret = 'a-secret-that-signs-messages'

interface Received {
  readonly url: string
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

type Behaviour = number | 'redirect' | 'silent' | 'cut'

/** A receiver that answers as it is told; each message is an event. */
async function receiver(behave: (received: Received) => Behaviour = () => 200) {
  const received: Received[] = []
  const events = new EventEmitter()
  const server = createServer(async (request, response) => {
    let body = ''
    for await (const piece of request) body += String(piece)
    const one = { url: request.url ?? '', headers: request.headers, body }
    received.push(one)
    const behaviour = behave(one)
    if (behaviour === 'cut') response.destroy()
    else if (behaviour === 'redirect') response.writeHead(307, { location: '/elsewhere' }).end()
    else if (behaviour !== 'silent') response.writeHead(behaviour).end('thanks')
    events.emit('received')
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const port = (server.address() as AddressInfo).port
  return {
    url: `http://127.0.0.1:${port}/bootline`,
    received,
    async count(wanted: number): Promise<void> {
      while (received.length < wanted) await once(events, 'received')
    },
  }
}

async function telling() {
  let at = Date.parse('2026-11-21T03:00:00Z')
  const now = () => at
  const store = await opened({ folder: await temporaryFolder(), messages: true, now })
  const pass = (time: number): void => {
    at += time
  }
  return { store, save: keeping(store), now, pass }
}

function start(store: Store, url: string | undefined, now: () => number) {
  const heard = listeningLog()
  const service = startHooks({
    store,
    settings: { webhookUrl: url, webhookSecret: secret },
    log: heard.log,
    now,
  })
  onTestFinished(() => service.close())
  return { ...heard, close: service.close }
}

/** As a receiver does it, from the documentation alone. */
function isSigned({ headers, body }: Received, seconds: number): boolean {
  const [, time = '', given = ''] =
    /^t=(\d+),v1=([0-9a-f]{64})$/.exec(String(headers['bootline-signature'])) ?? []
  return (
    Number(time) === seconds && given === createHmac('sha256', secret).update(`${time}.${body}`).digest('hex')
  )
}

test('a change is told, signed, without a secret in it', async () => {
  const { store, save, now } = await telling()
  const { url, received, count } = await receiver()
  start(store, url, now)
  await save(fleet(first))
  await count(1)
  const [one] = received
  expect(one && isSigned(one, now() / 1000)).toBe(true)
  const body = JSON.parse(one?.body ?? '')
  expect(body).toStrictEqual({
    id: one?.headers['bootline-id'],
    type: 'accounts.changed',
    at: '2026-11-21T03:00:00.000Z',
    data: {
      company: 'A',
      accounts: [{ number: '+33483050173', user: '33483050173', domain: 'sip.example.net', what: 'added' }],
    },
  })
  expect(one?.headers['content-type']).toBe('application/json')
  const account = await store.accounts.find('33483050173', 'sip.example.net')
  expect(one?.body).not.toContain('Zq8')
  expect(one?.body).not.toContain(account?.ha1)
})

test('a message that was not taken is sent again, ever later, and the next of its company waits', async () => {
  const { store, save, now, pass } = await telling()
  let isUp = false
  const { url, received, count } = await receiver(() => (isUp ? 204 : 503))
  const { next, told } = start(store, url, now)
  const failed = next(/sent again/)
  await save(fleet(first))
  expect((await failed).fields).toMatchObject({ why: 'status 503', again: 5 })
  await save(fleet(withPassword(first, 'x')))
  for (const again of [30, 120]) {
    const failedAgain = next(/sent again/)
    pass((pauses[received.length - 1] ?? 0) - 1)
    const sent = received.length
    // Not a moment earlier.
    expect(await store.hooks.take(now(), 9, now())).toEqual([])
    expect(received).toHaveLength(sent)
    pass(1)
    expect((await failedAgain).fields).toMatchObject({ again })
  }
  isUp = true
  pass(120_000)
  await count(5)
  expect(new Set(received.slice(0, 4).map(({ headers }) => headers['bootline-id'])).size).toBe(1)
  expect(received.map(({ body }) => JSON.parse(body).data.accounts[0].what)).toEqual([
    'added',
    'added',
    'added',
    'added',
    'changed',
  ])
  expect(received.every((one) => one.body === received[0]?.body || one === received[4])).toBe(true)
  expect(JSON.stringify(told)).not.toContain(secret)
})

test('a company whose receiver fails holds up no other', async () => {
  const { store, save, now } = await telling()
  const { url, received, count } = await receiver(({ body }) =>
    JSON.parse(body).data.company === 'A' ? 500 : 200,
  )
  start(store, url, now)
  const both = [company('A', { lines: [first] }), company('B', { lines: [second] })]
  await save(both)
  await count(2)
  await save([company('A', { lines: [first] }), company('B')])
  await count(3)
  expect(received.map(({ body }) => JSON.parse(body).data.company).sort()).toEqual(['A', 'B', 'B'])
})

test('a message that is never taken is dropped loudly after more than a day', async () => {
  const { store, save, now, pass } = await telling()
  const { url, received } = await receiver(() => 500)
  const { next, told } = start(store, url, now)
  let failed = next(/sent again/)
  await save(fleet(first))
  for (const pause of pauses.slice(0, -1)) {
    await failed
    failed = next(/sent again/)
    pass(pause)
  }
  await failed
  const dropped = next(/dropped/)
  pass(pauses.at(-1) ?? 0)
  expect(await dropped).toMatchObject({ level: 'error', fields: { subject: 'company:A' } })
  expect(received).toHaveLength(pauses.length + 1)
  expect(told.filter(({ level }) => level === 'error')).toHaveLength(1)
})

test.each([
  ['redirect', 'status 307'],
  ['cut', 'ECONNRESET'],
] as const)('a receiver whose answer is a %s has not taken it', async (behaviour, why) => {
  const { store, save, now } = await telling()
  const { url, received } = await receiver(() => behaviour)
  const { next } = start(store, url, now)
  const failed = next(/sent again/)
  await save(fleet(first))
  expect((await failed).fields).toMatchObject({ why })
  expect(received.map((one) => one.url)).toEqual(['/bootline'])
  expect(await store.hooks.count()).toBe(1)
})

test('a receiver that is not there has not taken it', async () => {
  const { store, save, now } = await telling()
  const { next } = start(store, 'http://127.0.0.1:9/', now)
  const failed = next(/sent again/)
  await save(fleet(first))
  expect((await failed).fields).toMatchObject({ why: 'ECONNREFUSED' })
})

test('what was under way when the server ended is sent again by the next, with the same id', async () => {
  const { store, save, now } = await telling()
  let isUp = false
  const { url, received, count } = await receiver(() => (isUp ? 200 : 'silent'))
  const { close, told } = start(store, url, now)
  await save(fleet(first))
  await count(1)
  await close()
  expect(told).toEqual([])
  isUp = true
  start(store, url, now)
  await count(2)
  expect(received[0]?.headers['bootline-id']).toBe(received[1]?.headers['bootline-id'])
  expect(received[0]?.body).toBe(received[1]?.body)
})

test('the signature is the one of the documentation', () => {
  expect(signature('key', '{}', 1_764_000_000_999)).toBe(
    `t=1764000000,v1=${createHmac('sha256', 'key').update('1764000000.{}').digest('hex')}`,
  )
})
