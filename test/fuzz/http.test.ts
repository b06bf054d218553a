import { once } from 'node:events'
import { connect } from 'node:net'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type DeviceServer, deviceServer } from './device-server.ts'
import { expectNoInsides, expectNoSecrets, fuzz, patience } from './fuzzing.ts'
import { oddText, splicedBytes, wellFormed } from './generators.ts'

let server: DeviceServer

beforeAll(async () => {
  server = await deviceServer()
})
afterAll(() => server.close())

const userAgents = [
  'FileTransport PolycomVVX-VVX_450-UA/6.4.7.4560 (SN:0004f2000000) Type/Application',
  'Yealink SIP-T54W 96.86.0.45 80:5e:c0:00:00:00',
  'AUDC-IPPhone/3.4.8.808 (440HD; 00908F000000)',
  'curl/8.5.0',
  '',
]

/** What clients say between the lines: each alone is well-formed or nearly so. */
const headers = [
  'Host: a',
  'Connection: close',
  'Connection: keep-alive',
  'Content-Length: 5',
  'Content-Length: 99999999999',
  'Transfer-Encoding: chunked',
  'Expect: 100-continue',
  'Range: bytes=0-0,2-3',
  'Range: bytes=-5',
  'If-None-Match: "a", W/"b"',
  'If-Modified-Since: Thu, 01 Jan 1970 00:00:00 GMT',
  'If-Modified-Since: 0',
  'Accept-Encoding: gzip',
  'Content-Encoding: gzip',
  'Content-Type: multipart/form-data; boundary=x',
  'Authorization: Basic Og==',
  'Authorization: Basic ####',
  'Authorization: Digest username="a", realm="", nonce="", uri="/", response="", qop=auth, nc=1, cnonce=""',
  'Authorization: Digest ,,,=',
  'Authorization: Bearer x',
  'X-Forwarded-For: 127.0.0.1',
  'Forwarded: for=127.0.0.1',
]

/** As devices ask, and as strangers who have seen devices do. */
function requests(names: readonly string[]): fc.Arbitrary<readonly Buffer[]> {
  const targets = [
    ...names,
    ...names.map((name) => name.toUpperCase()),
    ...names.map((name) => name.replace('.', '-app.')),
    '000000000000.cfg',
    'y000000000096.cfg',
    'uploads/a.log',
    'phonebook.xml',
    '',
  ]
  const request = fc
    .record({
      method: fc.constantFrom('GET', 'HEAD', 'PUT', 'POST', 'DELETE', 'OPTIONS', 'TRACE'),
      target: fc.oneof(
        fc.constantFrom(...targets),
        fc.tuple(fc.constantFrom(...targets), oddText).map(([name, more]) => `${name}?${more}`),
        fc.tuple(oddText, fc.constantFrom(...targets)).map(([folder, name]) => `${folder}/${name}`),
      ),
      userAgent: fc.constantFrom(...userAgents),
      more: fc.array(fc.constantFrom(...headers), { maxLength: 5 }),
      body: fc.oneof(fc.constant(''), fc.constant('5\r\nhello\r\n0\r\n\r\n'), oddText),
    })
    .map(({ method, target, userAgent, more, body }) =>
      [`${method} /${target} HTTP/1.1`, 'Host: a', `User-Agent: ${userAgent}`, ...more, '', body].join(
        '\r\n',
      ),
    )
  const pieces = [
    '\r\n',
    '\r\n\r\n',
    ' ',
    ':',
    '\t',
    'HTTP/1.0',
    'http://a/',
    '\u0016\u0003\u0001',
    ...headers,
  ]
  const whole = fc.sample(request, { numRuns: 300, seed: 1 })
  return fc.array(splicedBytes(whole, pieces), { minLength: 1, maxLength: 3 })
}

/** From an address that no device comes from, another each time: one alone would soon not be heard any more. */
const sources = fc.tuple(
  fc.integer({ min: 251, max: 255 }),
  fc.nat({ max: 255 }),
  fc.integer({ min: 1, max: 254 }),
)

async function said(bytes: readonly Buffer[], from: readonly number[]): Promise<string> {
  const { host, port } = server.http
  const socket = connect({ host, port, localAddress: `127.${from.join('.')}` })
  const pieces: Buffer[] = []
  socket.on('data', (piece: Buffer) => pieces.push(piece)).on('error', () => {})
  await once(socket, 'connect')
  const closed = new Promise((resolve) => socket.once('close', resolve))
  for (const one of bytes) socket.write(one)
  socket.end()
  await closed
  return Buffer.concat(pieces).toString('latin1')
}

test(
  'whatever a stranger says over HTTP, it gets plain words, no secret, and the devices are served',
  async () => {
    expect(server.secrets.length).toBeGreaterThan(4)
    let answers = 0
    const input = fc.record({ bytes: requests(server.names), from: sources })
    await fuzz(
      input,
      async ({ bytes, from }) => {
        const text = await said(bytes, from)
        for (const [, status] of text.matchAll(/^HTTP\/1\.1 (\d{3}) /gm)) {
          answers++
          expect(Number(status) < 500 || status === '503', `answered with ${status}`).toBe(true)
        }
        expect(text).not.toMatch(/^content-type: text\/html/im)
        expectNoInsides(text)
        expectNoSecrets(text, server.secrets)
      },
      { after: server.well },
    )
    expect(answers).toBeGreaterThan(50)
  },
  patience,
)

test(
  'a device with its password may send anything: it is kept or refused, and harms nobody',
  async () => {
    const [account] = server.accounts
    const signedIn = `Authorization: Basic ${Buffer.from(`${account?.user}:${account?.password}`).toString('base64')}`
    const upload = fc
      .record({
        method: fc.constantFrom('PUT', 'POST'),
        name: fc.oneof(fc.constantFrom(...server.names), oddText),
        ending: fc.constantFrom('-app.log', '-boot.log', '-calls.xml', '-phone.cfg', '', '/../x'),
        more: fc.array(fc.constantFrom(...headers.filter((one) => !/^(Auth|Expect)/.test(one))), {
          maxLength: 3,
        }),
        body: fc.oneof(
          fc.constant('<PHONE_CONFIG><ALL a.b="1"/></PHONE_CONFIG>'),
          fc.constant(
            '--x\r\nContent-Disposition: form-data; name="f"; filename="../../a"\r\n\r\nb\r\n--x--\r\n',
          ),
          oddText,
          fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes).toString('latin1')),
        ),
      })
      .map(({ method, name, ending, more, body }) => {
        const path = encodeURI(wellFormed(`/${name.replace(/\.\w+$/, '')}${ending}`))
        const length = more.some((one) => /^(Content-Length|Transfer)/.test(one))
          ? []
          : [`Content-Length: ${Buffer.byteLength(body, 'latin1')}`]
        const head = [`${method} ${path} HTTP/1.1`, 'Host: a', signedIn, ...length, ...more]
        return Buffer.from([...head, '', body].join('\r\n'), 'latin1')
      })
    await fuzz(
      fc.record({ bytes: fc.array(upload, { minLength: 1, maxLength: 2 }), from: sources }),
      async ({ bytes, from }) => {
        const text = await said(bytes, from)
        for (const [, status] of text.matchAll(/^HTTP\/1\.1 (\d{3}) /gm))
          expect(Number(status) < 500 || status === '503', `answered with ${status}`).toBe(true)
        expectNoInsides(text)
        expectNoSecrets(text, server.secrets)
      },
      { after: server.well },
    )
  },
  patience,
)
