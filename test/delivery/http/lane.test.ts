import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { plainGet } from '../../../src/delivery/http/plain-get.ts'
import { dial, hear, start, untilClosed } from './listening.ts'
import { brokenPlane, fixedPlane } from './planes.ts'

const body = 'account.1.enable = 1\n'
const large = 'x'.repeat(100_000)
const serve = (limits = {}) => {
  const plane = fixedPlane({ file: body, large, huge: 'y'.repeat(300_000) })
  return start('http', plane, { limits }).then((running) => ({ plane, running }))
}
const get = (target: string, ...headers: string[]) =>
  `${[`GET ${target} HTTP/1.1`, 'Host: a', ...headers].join('\r\n')}\r\n\r\n`

/** An answer without what the clock says. */
const undated = (answer: string) => answer.replace(/^Date: .*\r\n/m, '')

describe('what is read here and what Node reads is the same', () => {
  const server = createServer()
  beforeAll(() => once(server.listen(0, '127.0.0.1'), 'listening'))
  afterAll(() => server.close())

  /** What Node makes of the bytes: the request, where it takes them for one and for nothing more. */
  async function nodesReading(bytes: string): Promise<IncomingMessage | undefined> {
    const requests: IncomingMessage[] = []
    const take = (request: IncomingMessage) => requests.push(request)
    server.on('request', take)
    const socket = connect((server.address() as AddressInfo).port, '127.0.0.1')
    server.once('clientError', (_error, broken) => broken.destroy())
    const closed = once(socket, 'close')
    socket.on('error', () => {})
    socket.end(bytes, 'latin1')
    socket.resume()
    server.once('request', (_request, response) => response.end())
    await closed
    server.removeAllListeners('request').removeAllListeners('clientError')
    return requests.length === 1 ? requests[0] : undefined
  }

  test('of whatever is taken for plain', async () => {
    const usual = fc.constantFrom(
      ...['Host: a', 'Host:b', 'User-Agent: Yealink SIP-T54W', 'Accept: */*', 'Connection: keep-alive'],
      ...['Authorization: Basic eDp5', 'Pragma: no-cache', 'accept-ENCODING: gzip'],
    )
    const odd = fc.constantFrom(
      ...[
        'User-Agent:  x',
        'User-Agent: y ',
        'Connection: close',
        'Content-Length: 3',
        'X-Other: 1',
        'Accept:',
      ],
      ...['Transfer-Encoding: chunked', 'Host : a', ' folded', 'Range: bytes=0-1', 'User-Agent: caf\xe9'],
      ...['User-Agent: a\tb', 'User-Agent: a\rb', 'User-Agent: a\nHost: c', ''],
    )
    const piece = fc.oneof({ weight: 8, arbitrary: usual }, { weight: 1, arbitrary: odd })
    const line = fc.constantFrom(
      'GET /a HTTP/1.1',
      'GET /a/b.cfg HTTP/1.1',
      'GET  /a HTTP/1.1',
      'GET /a HTTP/1.0',
    )
    let plain = 0
    await fc.assert(
      fc.asyncProperty(line, fc.array(piece, { maxLength: 5 }), async (first, pieces) => {
        const bytes = `${[first, ...pieces].join('\r\n')}\r\n\r\n`
        const read = plainGet(Buffer.from(bytes, 'latin1'))
        if (read === undefined) return
        plain++
        const request = await nodesReading(bytes)
        expect(request).toBeDefined()
        const { 'user-agent': userAgent, authorization, host } = request?.headers ?? {}
        expect(read).toEqual({ target: request?.url, userAgent, authorization })
        expect(host).toBeDefined()
        expect(request?.complete).toBe(true)
      }),
      { numRuns: 400 },
    )
    expect(plain).toBeGreaterThan(20)
  })

  test.each([
    ['two hosts', get('/a', 'Host: b')],
    ['two user agents', get('/a', 'User-Agent: a', 'User-Agent: b')],
    ['a body', get('/a', 'Content-Length: 1')],
    ['a condition', get('/a', 'If-None-Match: "x"')],
    ['a range', get('/a', 'Range: bytes=0-1')],
    ['an expectation', get('/a', 'Expect: 100-continue')],
    ['no host', 'GET /a HTTP/1.1\r\n\r\n'],
    ['a query', get('/a?b')],
    ['two requests', get('/a') + get('/a')],
    ['half a request', get('/a').slice(0, -2)],
    ['a request and a byte', `${get('/a')}x`],
    ['a line that ends in a line feed only', 'GET /a HTTP/1.1\nHost: a\r\n\r\n'],
  ])('%s is not plain', (_what, bytes) => {
    expect(plainGet(Buffer.from(bytes))).toBeUndefined()
  })
})

describe('a plain request is answered as Node answers it', () => {
  test.each(['/file', '/large', '/huge', '/none', '/locked', '/never', '/later'])('%s', async (target) => {
    const { running } = await serve()
    const asked = async (...headers: string[]) => {
      const socket = await dial(running)
      socket.write(get(target, ...headers))
      const whole = (text: string) => {
        const [head = '', ...rest] = text.split('\r\n\r\n')
        return rest.join('\r\n\r\n').length === Number(/Content-Length: (\d+)/.exec(head)?.[1] ?? -1)
      }
      return undated(await hear(socket, whole))
    }
    // Node is left to read a header that nothing is known of.
    expect(await asked('User-Agent: a')).toBe(await asked('User-Agent: a', 'X-Other: 1'))
  })

  test('a plane that fails is told of once, and the device comes again', async () => {
    for (const when of ['at once', 'later'] as const) {
      const running = await start('http', brokenPlane(when))
      const socket = await dial(running)
      socket.write(get('/file'))
      expect(await hear(socket, (text) => text.endsWith('again\n'))).toMatch(/^HTTP\/1\.1 503 /)
      expect(running.log.filter(({ level }) => level === 'error')).toHaveLength(1)
    }
  })
})

test('a connection goes on with what is not plain, in order', async () => {
  const { plane, running } = await serve()
  const socket = await dial(running)
  const all = untilClosed(socket)
  const put = 'PUT /uploads/log HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc'
  for (const text of [get('/file'), get('/none'), put, get('/huge'), get('/file', 'Connection: close')]) {
    for (const part of [text.slice(0, 9), text.slice(9)]) {
      socket.write(part)
      await new Promise(setImmediate)
    }
  }
  const answers = await all
  expect(answers.match(/HTTP\/1\.1 \d+/g)?.map((each) => each.slice(9))).toEqual([
    '200',
    '404',
    '200',
    '200',
    '200',
  ])
  expect(plane.stored.get('log') ?? plane.stored.get('uploads/log')).toEqual(Buffer.from('abc'))
  // Each request reached the plane once, also the one with which the connection changed hands.
  expect(plane.requests.map(({ name }) => name)).toEqual(['file', 'none', 'uploads/log', 'huge', 'file'])
  await expect.poll(() => plane.outcomes.map(({ complete }) => complete)).toEqual([true, true, true])
})

test('a file whose answer takes a moment is asked for once', async () => {
  const { plane } = await serve()
  const later = await start('http', { ...plane, get: async (request) => plane.get(request) })
  const socket = await dial(later)
  socket.write(get('/file'))
  expect(await hear(socket, (text) => text.endsWith(body))).toMatch(/^HTTP\/1\.1 200 /)
  expect(plane.requests).toHaveLength(1)
})

test('a connection on which nothing is asked is closed', async () => {
  const { running } = await serve({ keepAliveTime: 50 })
  expect(await untilClosed(await dial(running))).toBe('')
})

test('a device that takes nothing more is let go, and has not got the file', async () => {
  const { plane, running } = await serve({ idleTime: 100 })
  const socket = await dial(running)
  socket.pause()
  let asked = 0
  const cut = () => plane.outcomes.some(({ complete }) => !complete)
  // The kernel holds some megabytes for a client: answers are asked for until one has to wait.
  while (!cut() && asked < 2000) {
    socket.write(get('/large'))
    const before = plane.requests.length
    asked++
    await Promise.race([
      expect.poll(() => plane.requests.length, { timeout: 3000, interval: 1 }).toBeGreaterThan(before),
      expect.poll(cut, { timeout: 3000, interval: 5 }).toBe(true),
    ]).catch(() => {})
  }
  expect(plane.outcomes.at(-1)).toMatchObject({ name: 'large', complete: false })
})
