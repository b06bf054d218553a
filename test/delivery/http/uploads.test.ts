import { describe, expect, test } from 'vitest'
import { ask, curl, dial, hear, say, start, transports, untilClosed } from './listening.ts'
import { brokenPlane, fixedPlane } from './planes.ts'

const good = 'GET /file HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n'

describe.each(transports)('over %s', (transport) => {
  const serve = async (maxBytes = 1000, limits = {}) => {
    const plane = fixedPlane({ file: 'here' }, maxBytes)
    return { plane, running: await start(transport, plane, { limits }) }
  }

  test.each(['PUT', 'POST'])('%s keeps the body', async (method) => {
    const { plane, running } = await serve()
    const reply = await ask(running, '/uploads/a.log', { method, body: 'a line\n' })
    expect({ status: reply.status, body: reply.body.toString() }).toEqual({ status: 200, body: 'stored\n' })
    expect(plane.stored.get('uploads/a.log')?.toString()).toBe('a line\n')
    expect(plane.aborted).toEqual([])
  })

  test('an empty body is kept as well', async () => {
    const { plane, running } = await serve()
    expect((await ask(running, '/uploads/a.log', { method: 'PUT' })).status).toBe(200)
    expect(plane.stored.get('uploads/a.log')?.length).toBe(0)
  })

  test('pieces are put together', async () => {
    const { plane, running } = await serve()
    const socket = await dial(running)
    socket.write('PUT /uploads/a HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n')
    socket.write('2\r\nde\r\n0\r\n\r\n')
    expect(await hear(socket, (text) => text.includes('stored'))).toMatch(/^HTTP\/1\.1 200 OK\r\n/)
    expect(plane.stored.get('uploads/a')?.toString()).toBe('abcde')
  })

  test('a body of the largest size is kept, one byte more is not', async () => {
    const { plane, running } = await serve(10)
    expect((await ask(running, '/uploads/a', { method: 'PUT', body: 'x'.repeat(10) })).status).toBe(200)
    expect((await ask(running, '/uploads/b', { method: 'PUT', body: 'x'.repeat(11) })).status).toBe(413)
    const headers = { 'Transfer-Encoding': 'chunked' }
    const chunked = await ask(running, '/uploads/c', { method: 'PUT', body: 'x'.repeat(11), headers })
    expect(chunked.status).toBe(413)
    expect([...plane.stored.keys()]).toEqual(['uploads/a'])
    expect(plane.aborted).toEqual(['uploads/b', 'uploads/c'])
  })

  test('a length that is too large is refused before anything of it came', async () => {
    const { plane, running } = await serve()
    const socket = await dial(running)
    socket.write('PUT /uploads/a HTTP/1.1\r\nHost: a\r\nContent-Length: 900000000\r\n\r\n')
    const text = await hear(socket, (heard) => heard.includes('too large'))
    expect(text).toMatch(/^HTTP\/1\.1 413 /)
    expect(text).toMatch(/\r\nConnection: close\r\n/)
    socket.end()
    await untilClosed(socket)
    expect(plane.aborted).toEqual(['uploads/a'])
  })

  test('a client that goes on sending hears the refusal all the same, and is then cut off', async () => {
    const { running } = await serve()
    const socket = await dial(running)
    socket.write('PUT /uploads/a HTTP/1.1\r\nHost: a\r\nContent-Length: 900000000\r\n\r\n')
    const pump = (): void => {
      while (!socket.destroyed && socket.write(Buffer.alloc(65536))) {}
    }
    socket.on('drain', pump)
    pump()
    expect(await untilClosed(socket)).toMatch(/^HTTP\/1\.1 413 [\s\S]*too large\n$/)
  })

  test('an upload cut half-way was never there', async () => {
    const { plane, running } = await serve()
    for (const leave of ['end', 'destroy'] as const) {
      const socket = await dial(running)
      const aborted = plane.nextAbort()
      socket.write('PUT /uploads/a HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\nhalf')
      socket[leave]()
      expect(await aborted).toBe('uploads/a')
    }
    expect(plane.stored.size).toBe(0)
    expect(running.log.filter(({ level }) => level !== 'debug')).toEqual([])
  })

  test('a chunk that is none ends the upload', async () => {
    const { plane, running } = await serve()
    const aborted = plane.nextAbort()
    const head = 'PUT /uploads/a HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n'
    expect(await say(running, `${head}3\r\nabc\r\nzz\r\n`)).toMatch(/^HTTP\/1\.1 400 /)
    expect(await aborted).toBe('uploads/a')
  })

  test('a client that waits to be asked is asked', async () => {
    const { plane, running } = await serve()
    const socket = await dial(running)
    socket.write('PUT /uploads/a HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n')
    expect(await hear(socket, (text) => text.endsWith('\r\n\r\n'))).toBe('HTTP/1.1 100 Continue\r\n\r\n')
    socket.write('ok')
    expect(await hear(socket, (text) => text.includes('stored'))).toMatch(/^HTTP\/1\.1 200 OK\r\n/)
    expect(plane.stored.get('uploads/a')?.toString()).toBe('ok')
  })

  test.each([
    ['/elsewhere', 2, 404],
    ['/locked/a', 2, 401],
    ['/uploads/a', 5000, 413],
    ['/../a', 2, 404],
  ])(
    'a client that waits is not asked for what nobody wants: %s of %i bytes',
    async (path, length, status) => {
      const { running } = await serve()
      const head = `PUT ${path} HTTP/1.1\r\nHost: a\r\nContent-Length: ${length}\r\nExpect: 100-continue\r\n\r\n`
      const text = await say(running, head)
      expect(text).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `))
      expect(text).not.toContain('100 Continue')
    },
  )

  test('another expectation is not met', async () => {
    const { plane, running } = await serve()
    const head = 'PUT /uploads/a HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nExpect: wonders\r\n\r\n'
    expect(await say(running, head)).toMatch(/^HTTP\/1\.1 417 [\s\S]*Content-Length: \d+/)
    expect(plane.requests).toEqual([])
  })

  test('after a small body that nobody wants the connection goes on', async () => {
    const { running } = await serve()
    const socket = await dial(running)
    socket.write(
      `PUT /elsewhere HTTP/1.1\r\nHost: a\r\nContent-Length: 2000\r\n\r\n${'x'.repeat(2000)}${good}`,
    )
    const text = await untilClosed(socket)
    expect(text).toMatch(/^HTTP\/1\.1 404 [\s\S]*not found\nHTTP\/1\.1 200 OK[\s\S]*here$/)
  })

  test('the next request on the connection is answered after an upload', async () => {
    const { running } = await serve()
    const put = 'PUT /uploads/a HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\n'
    expect(await say(running, `${put}body${good}`)).toMatch(/stored\nHTTP\/1\.1 200 OK[\s\S]*here$/)
  })

  test('uploads together hold no more than they may', async () => {
    const { plane, running } = await serve(1000, { uploadBytes: 1500 })
    const first = await dial(running)
    first.write(`PUT /uploads/a HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\n${'x'.repeat(900)}`)
    await expect.poll(() => plane.requests.length).toBe(1)
    await expect
      .poll(async () => (await ask(running, '/uploads/b', { method: 'PUT', body: 'x'.repeat(1000) })).status)
      .toBe(503)
    first.write('x'.repeat(100))
    await hear(first, (text) => text.includes('stored'))
    expect((await ask(running, '/uploads/c', { method: 'PUT', body: 'x'.repeat(1000) })).status).toBe(200)
  })

  test('what cannot be kept is not said to be', async () => {
    const plane = fixedPlane({})
    const aborted: string[] = []
    const commit = async (): Promise<void> => {
      throw new Error('the disk is full')
    }
    const put = () => ({ kind: 'upload', maxBytes: 10, commit, abort: () => aborted.push('a') }) as const
    const running = await start(transport, { ...plane, put })
    const reply = await ask(running, '/uploads/a', { method: 'PUT', body: 'x' })
    expect(reply.status).toBe(503)
    expect(aborted).toEqual(['a'])
    expect(running.log).toHaveLength(1)
  })

  test('a plane that breaks takes no upload', async () => {
    const running = await start(transport, brokenPlane('later'))
    const reply = await ask(running, '/a', { method: 'PUT', body: 'x'.repeat(500) })
    expect(reply.status).toBe(503)
  })

  test('curl uploads with PUT and POST, and hears of a refusal', async () => {
    const { plane, running } = await serve(100_000)
    expect((await curl(running, '/uploads/a', '-X', 'PUT', '--data-binary', 'abc')).stdout).toMatch(/ 200 OK/)
    expect((await curl(running, '/uploads/b', '--data-binary', 'def')).stdout).toMatch(/ 200 OK/)
    const long = ['-H', 'Expect: 100-continue', '--data-binary', 'x'.repeat(90_000)]
    expect((await curl(running, '/uploads/c', ...long)).stdout).toMatch(/100 Continue[\s\S]* 200 OK/)
    expect((await curl(running, '/locked/d', ...long)).stdout).toMatch(/^HTTP\/1\.1 401 /)
    expect([...plane.stored.values()].map((body) => body.length)).toEqual([3, 3, 90_000])
  })
})
