import { once } from 'node:events'
import { connect } from 'node:net'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { type DeviceServer, deviceServer } from './device-server.ts'
import { expectNoInsides, expectNoSecrets, fuzz, patience } from './fuzzing.ts'
import { anyUserAgent, requestsFor } from './requests.ts'

let server: DeviceServer

beforeAll(async () => {
  server = await deviceServer()
})
afterAll(() => server.close())

/** How often each status was the answer. */
type Statuses = Map<string, number>

/** Says it all on one connection; the answers are looked at, and given back as one text. */
async function said(
  { http }: DeviceServer,
  bytes: readonly Buffer[],
  localAddress: string,
  statuses: Statuses,
): Promise<string> {
  const socket = connect({ ...http, localAddress })
  const pieces: Buffer[] = []
  socket.on('data', (piece: Buffer) => pieces.push(piece)).on('error', () => {})
  await once(socket, 'connect')
  const closed = new Promise((resolve) => socket.once('close', resolve))
  for (const one of bytes) socket.write(one)
  socket.end()
  await closed
  const text = Buffer.concat(pieces).toString('latin1')
  for (const [, status = ''] of text.matchAll(/^HTTP\/1\.1 (\d{3}) /gm)) {
    statuses.set(status, (statuses.get(status) ?? 0) + 1)
    expect(Number(status) < 500 || status === '503', `answered with ${status}`).toBe(true)
  }
  expect(text).not.toMatch(/^content-type: text\/html/im)
  expectNoInsides(text)
  return text
}

/** From an address that no device comes from, another each time: one alone would soon not be heard any more. */
const sources = fc
  .tuple(fc.integer({ min: 251, max: 255 }), fc.nat({ max: 255 }), fc.integer({ min: 1, max: 254 }))
  .map((from) => `127.${from.join('.')}`)

test(
  'whatever a stranger says over HTTP, it gets plain words, no secret, and the devices are served',
  async () => {
    expect(server.secrets.length).toBeGreaterThan(4)
    const names = [
      ...server.names,
      ...server.names.map((name) => name.replace('.', '-app.')),
      '000000000000.cfg',
      'y000000000096.cfg',
      'uploads/a.log',
      'phonebook.xml',
      '',
    ]
    const methods = ['GET', 'GET', 'GET', 'HEAD', 'PUT', 'POST', 'DELETE', 'OPTIONS', 'TRACE']
    const requests = fc.array(requestsFor({ names, methods, userAgents: anyUserAgent }), {
      minLength: 1,
      maxLength: 3,
    })
    const statuses: Statuses = new Map()
    await fuzz(
      fc.record({ bytes: requests, from: sources }),
      async ({ bytes, from }) => {
        expectNoSecrets(await said(server, bytes, from, statuses), server.secrets)
      },
      { after: server.well },
    )
    // What comes through is weighed, and not only refused for its form.
    expect(statuses.get('401') ?? 0).toBeGreaterThan(20)
    expect(statuses.get('404') ?? 0).toBeGreaterThan(20)
    expect(statuses.get('400') ?? 0).toBeGreaterThan(5)
  },
  patience,
)

test(
  'a device may send anything in its own name: it is kept or refused, and harms nobody',
  async () => {
    // Where devices need no password, and have given back to them what their users change.
    const open = await deviceServer({ deviceAccess: 'open', userSettings: 'kept' })
    onTestFinished(open.close)
    const uploads = fc.constantFrom(...open.devices).chain(({ mac, address, userAgent }) => {
      const endings = [
        '-app.log',
        '-boot.log',
        '-calls.xml',
        '-phone.cfg',
        '-web.cfg',
        '-directory.xml',
        '.cfg',
        '',
      ]
      const names = endings.map((ending) => `${mac}${ending}`)
      return fc.record({
        bytes: fc.array(
          requestsFor({ names, methods: ['PUT', 'PUT', 'POST', 'GET'], userAgents: [userAgent] }),
          { minLength: 1, maxLength: 2 },
        ),
        from: fc.constant(address),
      })
    })
    const statuses: Statuses = new Map()
    await fuzz(uploads, async ({ bytes, from }) => void (await said(open, bytes, from, statuses)), {
      after: open.well,
    })
    // More of them in one minute no device may send.
    expect(statuses.get('200') ?? 0).toBeGreaterThan(5)
  },
  patience,
)
