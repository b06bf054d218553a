import { once } from 'node:events'
import fc from 'fast-check'
import { describe, expect, onTestFinished, test } from 'vitest'
import { ask, dial, hear, say, start, transports, untilClosed } from './listening.ts'
import { fixedPlane } from './planes.ts'

const body = 'account.1.enable = 1\n'
const get = 'GET /file HTTP/1.1\r\nHost: a\r\n\r\n'
const getAndClose = 'GET /file HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n'

describe.each(transports)('over %s', (transport) => {
  const serve = async (limits = {}) => {
    const plane = fixedPlane({ file: body, big: Buffer.alloc(20_000_000, 'x') })
    return { plane, running: await start(transport, plane, { limits }) }
  }

  test.each([
    ['no HTTP at all', 'hello\r\n\r\n', 400],
    ['a method nobody knows', 'FETCH /file HTTP/1.1\r\nHost: a\r\n\r\n', 400],
    ['another version', 'GET /file HTTP/9.9\r\nHost: a\r\n\r\n', 400],
    ['a header without a name', 'GET /file HTTP/1.1\r\n: x\r\n\r\n', 400],
    ['a length that is none', 'PUT /uploads/a HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n', 400],
    [
      'two ways to tell the length',
      'PUT /uploads/a HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n',
      400,
    ],
    ['headers beyond 8 KB', `GET /file HTTP/1.1\r\nHost: a\r\nX: ${'x'.repeat(9000)}\r\n\r\n`, 431],
    ['a target beyond 8 KB', `GET /${'x'.repeat(9000)} HTTP/1.1\r\nHost: a\r\n\r\n`, 431],
    ['a tunnel', 'CONNECT a:80 HTTP/1.1\r\nHost: a:80\r\n\r\n', 405],
  ])('%s is refused in plain words', async (_what, text, status) => {
    const { plane, running } = await serve()
    const reply = await say(running, text)
    expect(reply).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `))
    expect(reply).toContain('\r\nContent-Type: text/plain\r\n')
    const [, length, words] = /Content-Length: (\d+)[\s\S]*\r\n\r\n([\s\S]*)$/.exec(reply) ?? []
    expect(words?.length).toBe(Number(length))
    expect(reply).not.toMatch(/<|node|\.ts|\.js/i)
    expect(plane.requests).toEqual([])
    expect(running.log.filter(({ level }) => level !== 'debug')).toEqual([])
  })

  test('HTTP/1.1 names a host, HTTP/1.0 need not', async () => {
    const { running } = await serve()
    expect(await say(running, 'GET /file HTTP/1.1\r\nConnection: close\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 /)
    const old = await say(running, 'GET /file HTTP/1.0\r\n\r\n')
    expect(old).toMatch(/^HTTP\/1\.1 200 OK\r\n/)
    expect(old.endsWith(`\r\n\r\n${body}`)).toBe(true)
  })

  test('a target may name the server', async () => {
    const { plane, running } = await serve()
    const reply = await say(running, getAndClose.replace('/file', 'http://prov.example.net/file?x'))
    expect(reply).toMatch(/^HTTP\/1\.1 200 OK\r\n/)
    expect(plane.requests[0]).toMatchObject({ name: 'file', target: 'http://prov.example.net/file?x' })
  })

  test.each(['/../file', '/%2e%2e/file', '/..%5cfile', '/file%00', '/%', `/${'x'.repeat(256)}`])(
    '%s is not found, and nobody is asked',
    async (target) => {
      const { plane, running } = await serve()
      const reply = await say(running, getAndClose.replace('/file', target))
      expect(reply).toMatch(/^HTTP\/1\.1 404 [\s\S]*\r\n\r\nnot found\n$/)
      expect(plane.requests).toEqual([])
    },
  )

  test('requests that come together are answered in their order', async () => {
    const { plane, running } = await serve()
    const slow: typeof plane.get = async (request) => {
      if (request.name === 'slow') await new Promise((resolve) => setImmediate(resolve))
      return plane.get({ ...request, name: 'file' })
    }
    const other = await start(transport, { ...plane, get: slow })
    const text = await say(other, get.replace('/file', '/slow') + get.replace('GET', 'HEAD') + getAndClose)
    expect(text.match(/HTTP\/1\.1 200 OK/g)).toHaveLength(3)
    expect(text.split(body)).toHaveLength(3)
    expect(plane.outcomes.map(({ complete }) => complete)).toEqual([true, false, true])
    expect(running.log).toEqual([])
  })

  test('what is asked before nonsense is answered, and the nonsense is refused', async () => {
    const { running } = await serve()
    const text = await say(running, `${get}nonsense\r\n\r\n`)
    expect(text).toMatch(/^HTTP\/1\.1 200 OK\r\n/)
    expect(text).toContain(body)
  })

  test('one connection does not hold the plane with a flood of requests', async () => {
    const plane = fixedPlane({})
    let asked = 0
    const never = () => {
      asked++
      return new Promise<never>(() => {})
    }
    const limits = { requestsPerConnection: 5, closeGrace: 0 }
    const running = await start(transport, { ...plane, get: never }, { limits })
    expect(await say(running, get.repeat(50))).toBe('')
    expect(asked).toBe(5)
  })

  test('headers that do not come in time end the connection', async () => {
    const { running } = await serve({ headersTime: 100 })
    expect(await say(running, 'GET /file HTTP/1.1\r\nHost')).toMatch(/^HTTP\/1\.1 408 |^$/)
    expect((await ask(running, '/file')).status).toBe(200)
  })

  test('an upload that does not come in time is given up', async () => {
    const { plane, running } = await serve({ headersTime: 100, requestTime: 200 })
    const aborted = plane.nextAbort()
    await say(running, 'PUT /uploads/a HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nhalf')
    expect(await aborted).toBe('uploads/a')
  })

  test('a connection that is not used again is closed', async () => {
    const { running } = await serve({ keepAliveTime: 50 })
    expect((await say(running, get)).endsWith(body)).toBe(true)
  })

  test('a device that stops reading is let go, and has not got the file', async () => {
    const { plane, running } = await serve({ idleTime: 100 })
    const outcome = plane.nextOutcome()
    const socket = await dial(running)
    socket.pause()
    socket.write('GET /big HTTP/1.1\r\nHost: a\r\n\r\n')
    expect(await outcome).toMatchObject({ name: 'big', status: 200, complete: false })
  })

  test('whatever comes, the next device is served', async () => {
    const { running } = await serve({ headersTime: 200 })
    const piece = fc.constantFrom(
      'GET ',
      'PUT ',
      'HEAD ',
      '/file',
      '/uploads/a',
      ' HTTP/1.1',
      '\r\n',
      '\r\n\r\n',
      'Host: a\r\n',
      '\0',
      'Content-Length: 5\r\n',
      'Transfer-Encoding: chunked\r\n',
      '5\r\nhello\r\n',
      'Range: bytes=1-2\r\n',
      'Expect: 100-continue\r\n',
      'If-None-Match: *\r\n',
      'Upgrade: h2c\r\nConnection: Upgrade\r\n',
      '%',
      '..',
    )
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 200 }).map((array) => Buffer.from(array)),
      fc.array(piece, { maxLength: 20 }).map((pieces) => Buffer.from(pieces.join(''), 'latin1')),
      fc.array(piece, { maxLength: 12 }).map((pieces) => Buffer.from(`${get}${pieces.join('')}`, 'latin1')),
    )
    await fc.assert(
      fc.asyncProperty(bytes, async (said) => {
        const socket = await dial(running)
        socket.end(said)
        await untilClosed(socket)
      }),
      { numRuns: transport === 'http' ? 200 : 60 },
    )
    const reply = await ask(running, '/file')
    expect(reply.body.toString()).toBe(body)
    expect(running.log.filter(({ level }) => level !== 'debug')).toEqual([])
  })

  test('a client that only closes its half after asking may still be answered', async () => {
    const { running } = await serve()
    const socket = await dial(running)
    socket.end(get)
    expect(await untilClosed(socket)).toContain(body)
  })

  test('a connection carries many requests', async () => {
    const { plane, running } = await serve()
    const socket = await dial(running)
    for (let round = 0; round < 5; round++) {
      socket.write(get)
      await hear(socket, (text) => text.endsWith(body))
    }
    expect(plane.outcomes).toHaveLength(5)
    const closed = once(socket, 'close')
    socket.end()
    await closed
  })
})

test('bytes that are no TLS are of interest to nobody', async () => {
  const running = await start('https', fixedPlane({ file: body }))
  const plainly = await dial({ ...running, transport: 'http' })
  onTestFinished(() => void plainly.destroy())
  plainly.write(get)
  expect(await untilClosed(plainly)).not.toContain('HTTP/1.1 400')
  expect(running.log.map(({ level }) => level)).toEqual(['debug'])
  expect((await ask(running, '/file')).status).toBe(200)
})
