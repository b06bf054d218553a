import { once } from 'node:events'
import type { Socket } from 'node:net'
import { describe, expect, test } from 'vitest'
import { startHttp } from '../../../src/delivery/http/server.ts'
import { ask, dial, hear, type Running, say, start, transports, untilClosed } from './listening.ts'
import { fixedPlane } from './planes.ts'

const body = 'account.1.enable = 1\n'
const get = 'GET /file HTTP/1.1\r\nHost: a\r\n\r\n'
const crowd = (running: Running, count: number): Promise<Socket[]> =>
  Promise.all(Array.from({ length: count }, () => dial(running)))

test('a thousand idle connections keep no device waiting', async () => {
  const plane = fixedPlane({ file: body })
  const running = await start('http', plane)
  const idle = await crowd(running, 1000)
  for (const socket of idle.slice(0, 500)) socket.write('GET /file HTTP/1.1\r\nHost')
  expect((await ask(running, '/file')).body.toString()).toBe(body)
  expect(idle.every((socket) => !socket.destroyed)).toBe(true)
})

describe.each(transports)('over %s', (transport) => {
  const serve = (limits = {}, trustedProxies: string[] = []) =>
    start(transport, fixedPlane({ file: body }), { limits, trustedProxies })

  test('one source has no more connections than it may, and others are not counted to it', async () => {
    const running = await serve({ connectionsPerSource: 3 })
    const [first] = await crowd(running, 3)
    await expect(turnedAway(running)).resolves.toBe(true)
    first?.destroy()
    await expect.poll(() => turnedAway(running)).toBe(false)
    await running.close()
    expect(running.log.map(({ level }) => level)).toContain('warn')
  })

  test('a trusted proxy brings everybody', async () => {
    const running = await serve({ connectionsPerSource: 1 }, ['127.0.0.0/8'])
    await crowd(running, 5)
    expect((await ask(running, '/file')).status).toBe(200)
  })

  test('with too many connections devices are told to come again', async () => {
    const running = await serve({ connections: 10 })
    const idle = await crowd(running, 10)
    const reply = await ask(running, '/file')
    expect(reply.status).toBe(503)
    expect(Number(reply.headers['retry-after'])).toBeGreaterThan(0)
    expect(reply.headers.connection).toBe('close')
    idle[0]?.destroy()
    await expect.poll(async () => (await ask(running, '/file')).status).toBe(200)
  })

  test('far above that nobody gets in', async () => {
    const running = await serve({ connections: 10 })
    const idle = await crowd(running, 11)
    await expect(turnedAway(running)).resolves.toBe(true)
    for (const socket of idle) socket.destroy()
    await expect.poll(() => turnedAway(running)).toBe(false)
  })

  test('a server that runs late puts requests off, and is itself again after', async () => {
    const plane = fixedPlane({ file: body })
    const running = await start(transport, plane, { limits: { lateness: 300 } })
    const socket = await dial(running)
    socket.write(get)
    const until = performance.now() + 1000
    while (performance.now() < until) {}
    expect(await untilClosed(socket)).toMatch(/^HTTP\/1\.1 503 /)
    expect(plane.requests).toEqual([])
    await expect.poll(async () => (await ask(running, '/file')).status, { timeout: 5000 }).toBe(200)
  })

  test('closing lets a download end and takes nobody new', async () => {
    const plane = fixedPlane({ file: body })
    let release: () => void = () => {}
    const released = new Promise<void>((resolve) => (release = resolve))
    const asked: string[] = []
    const slow: typeof plane.get = async (request) => {
      asked.push(request.name)
      if (request.name === 'slow') await released
      return plane.get({ ...request, name: 'file' })
    }
    const running = await start(transport, { ...plane, get: slow })
    const idle = await dial(running)
    const used = await dial(running)
    used.write(get)
    await hear(used, (text) => text.endsWith(body))
    const waiting = await dial(running)
    const text = untilClosed(waiting)
    waiting.write(get.replace('/file', '/slow'))
    await expect.poll(() => asked).toContain('slow')
    const others = [untilClosed(idle), untilClosed(used)]
    const closed = running.close()
    await Promise.all(others)
    await expect(dial(running)).rejects.toThrow()
    release()
    expect(await text).toMatch(/^HTTP\/1\.1 200 OK[\s\S]*Connection: close[\s\S]*account/)
    await closed
  })

  test('closing waits for nobody beyond its grace', async () => {
    const plane = fixedPlane({ file: body })
    let hearRequest: () => void = () => {}
    const heard = new Promise<void>((resolve) => (hearRequest = resolve))
    const get: typeof plane.get = () => {
      hearRequest()
      return new Promise<never>(() => {})
    }
    const running = await start(transport, { ...plane, get }, { limits: { closeGrace: 50 } })
    const socket = await dial(running)
    socket.write('GET /file HTTP/1.1\r\nHost: a\r\n\r\n')
    await heard
    await running.close()
    expect(await untilClosed(socket)).toBe('')
    await running.close()
  })

  test('closing ends a download that is too slow', async () => {
    const plane = fixedPlane({ big: Buffer.alloc(20_000_000) })
    const running = await start(transport, plane, { limits: { closeGrace: 50 } })
    const socket = await dial(running)
    const outcome = plane.nextOutcome()
    socket.write('GET /big HTTP/1.1\r\nHost: a\r\n\r\n')
    await once(socket, 'data')
    socket.pause()
    await running.close()
    expect(await outcome).toMatchObject({ complete: false })
  })
})

test('a handshake that never ends does not hold a close up', async () => {
  const running = await start('https', fixedPlane({}), { limits: { closeGrace: 50 } })
  const mute = await dial({ ...running, transport: 'http' })
  const ended = untilClosed(mute)
  await running.close()
  await ended
})

test('a handshake that never ends is given up', async () => {
  const running = await start('https', fixedPlane({}), { limits: { handshakeTime: 50 } })
  const mute = await dial({ ...running, transport: 'http' })
  await untilClosed(mute)
  expect(running.log.map(({ level }) => level)).toEqual(['debug'])
})

test('an address that is taken is an error at the start', async () => {
  const running = await start('http', fixedPlane({}))
  const listen = { host: '127.0.0.1', port: running.port }
  const log = { debug() {}, warn() {}, error() {} }
  const again = startHttp({ transport: 'http', listen, plane: fixedPlane({}), trustedProxies: [], log })
  await expect(again).rejects.toMatchObject({ code: 'EADDRINUSE' })
})

async function turnedAway(running: Running): Promise<boolean> {
  try {
    const text = await say(running, get.replace('\r\n\r\n', '\r\nConnection: close\r\n\r\n'))
    return text === ''
  } catch {
    return true
  }
}
