import { describe, expect, test } from 'vitest'
import { ask, curl, start, transports } from './listening.ts'
import { brokenPlane, emptyPlane, etagOf, fixedPlane, LAST_MODIFIED } from './planes.ts'

const body = 'account.1.enable = 1\n'
const etag = etagOf(body)
const files = { '001565aabbcc.cfg': body, 'deep/down/file.xml': '<a/>' }

describe.each(transports)('over %s', (transport) => {
  test('a file comes whole, with all a device needs to ask for it again', async () => {
    const plane = fixedPlane(files)
    const running = await start(transport, plane)
    const { status, headers, body: got } = await ask(running, '/001565aabbcc.cfg')
    expect(status).toBe(200)
    expect(got.toString()).toBe(body)
    expect(headers).toMatchObject({
      'content-type': 'text/plain; charset=utf-8',
      'content-length': String(body.length),
      etag,
      'last-modified': LAST_MODIFIED,
      'cache-control': 'private, no-cache',
    })
    expect(Math.abs(Date.parse(headers.date ?? '') - Date.now())).toBeLessThan(60_000)
    expect(headers).not.toHaveProperty('transfer-encoding')
    expect(headers).not.toHaveProperty('x-powered-by')
    expect(plane.outcomes).toEqual([
      { name: '001565aabbcc.cfg', status: 200, bytes: body.length, complete: true },
    ])
  })

  test('the plane hears who asks, how and for what', async () => {
    const plane = fixedPlane(files)
    const running = await start(transport, plane)
    const headers = { 'User-Agent': 'phone', Authorization: 'Basic eDp5' }
    await ask(running, '/deep/down/file.xml?a=1', { headers })
    expect(plane.requests).toEqual([
      {
        transport,
        method: 'GET',
        name: 'deep/down/file.xml',
        target: '/deep/down/file.xml?a=1',
        source: '127.0.0.1',
        userAgent: 'phone',
        authorization: 'Basic eDp5',
      },
    ])
  })

  test('HEAD gives the headers of GET and counts as no delivery', async () => {
    const plane = fixedPlane(files)
    const running = await start(transport, plane)
    const got = await ask(running, '/001565aabbcc.cfg')
    const head = await ask(running, '/001565aabbcc.cfg', { method: 'HEAD' })
    expect(head.body.length).toBe(0)
    expect({ ...head.headers, date: '' }).toEqual({ ...got.headers, date: '' })
    expect(plane.outcomes[1]).toMatchObject({ status: 200, bytes: 0, complete: false })
  })

  test.each([
    ['locked', 401, { 'www-authenticate': 'Basic realm="devices"' }],
    ['never', 403, {}],
    ['nothing', 404, {}],
    ['later', 503, { 'retry-after': '7' }],
  ])('%s is refused with %i in few plain words', async (name, status, more) => {
    const running = await start(transport, fixedPlane(files))
    const reply = await ask(running, `/${name}`)
    expect(reply.status).toBe(status)
    expect(reply.headers).toMatchObject({ 'content-type': 'text/plain', ...more })
    expect(reply.headers['content-length']).toBe(String(reply.body.length))
    expect(reply.body.toString()).toMatch(/^[a-z ,]+\n$/)
    const head = await ask(running, `/${name}`, { method: 'HEAD' })
    expect({ ...head.headers, date: '' }).toEqual({ ...reply.headers, date: '' })
  })

  test.each(['DELETE', 'OPTIONS', 'PATCH', 'TRACE', 'PROPFIND'])('%s is not taken', async (method) => {
    const plane = fixedPlane(files)
    const running = await start(transport, plane)
    const reply = await ask(running, '/001565aabbcc.cfg', { method })
    expect(reply.status).toBe(405)
    expect(reply.headers).toMatchObject({ allow: 'GET, HEAD, PUT, POST', 'content-type': 'text/plain' })
    expect(plane.requests).toEqual([])
  })

  test.each(['at once', 'later'] as const)('a plane that fails %s is busy, and logged once', async (when) => {
    const running = await start(transport, brokenPlane(when))
    const headers = { Authorization: 'Basic c2VjcmV0' }
    for (const method of ['GET', 'HEAD', 'PUT']) {
      running.log.length = 0
      const reply = await ask(running, '/a.cfg', { method, headers })
      expect(reply.status).toBe(503)
      expect(Number(reply.headers['retry-after'])).toBeGreaterThan(0)
      expect(reply.body.toString()).not.toContain('database')
      expect(running.log).toHaveLength(1)
      expect(running.log[0]).toMatchObject({ level: 'error' })
      expect(JSON.stringify(running.log)).not.toContain('c2VjcmV0')
    }
  })

  test('a header that cannot be written is no reason to fall', async () => {
    const plane = fixedPlane(files)
    const get: typeof plane.get = async (request) => {
      const answer = await plane.get(request)
      return answer.kind === 'memory' ? { ...answer, contentType: 'text/plain\r\nX: y' } : answer
    }
    const running = await start(transport, { ...plane, get })
    expect((await ask(running, '/001565aabbcc.cfg')).status).toBe(503)
    expect(plane.outcomes).toEqual([expect.objectContaining({ bytes: 0, complete: false })])
  })

  test('what the plane fails to note harms nobody', async () => {
    const plane = fixedPlane(files)
    const get: typeof plane.get = (request) => {
      const answer = plane.get(request)
      const done = (): never => {
        throw new Error('no room to note it')
      }
      return 'kind' in answer && answer.kind === 'memory' ? { ...answer, done } : answer
    }
    const running = await start(transport, { ...plane, get })
    expect((await ask(running, '/001565aabbcc.cfg')).body.toString()).toBe(body)
    expect((await ask(running, '/001565aabbcc.cfg')).status).toBe(200)
    expect(running.log.map(({ level }) => level)).toContain('error')
  })

  test('where there is nothing, nothing is found, whatever is asked', async () => {
    const running = await start(transport, emptyPlane)
    for (const method of ['GET', 'HEAD', 'PUT', 'POST']) {
      for (const path of ['/', '/a', '/a/b?c'])
        expect((await ask(running, path, { method })).status).toBe(404)
    }
  })

  test('curl agrees, for a file and for none', async () => {
    const running = await start(transport, fixedPlane(files))
    const found = await curl(running, '/001565aabbcc.cfg')
    expect(found.stdout).toMatch(/^HTTP\/1\.1 200 OK\r\n/)
    expect(found.stdout.endsWith(`\r\n\r\n${body}`)).toBe(true)
    expect((await curl(running, '/none', '-0')).stdout).toMatch(/^HTTP\/1\.1 404 Not Found\r\n/)
  })
})
