import { once } from 'node:events'
import { mkdtemp, readdir, readlink, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ask, dial, hear, start, transports, untilClosed } from './listening.ts'
import { fixedPlane } from './planes.ts'

const SIZE = 12_345_678
const image = Buffer.alloc(SIZE, 'an image of some size; ')
let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bootline-http-'))
  await writeFile(join(folder, 'image.rom'), image)
  await writeFile(join(folder, 'empty'), '')
})
afterAll(() => rm(folder, { recursive: true, force: true }))

/** The files of the test's folder that this process holds open. */
async function heldOpen(): Promise<readonly string[]> {
  const links = (await readdir('/proc/self/fd')).map((fd) => readlink(`/proc/self/fd/${fd}`).catch(() => ''))
  return (await Promise.all(links)).filter((link) => link.startsWith(folder))
}

describe.each(transports)('over %s', (transport) => {
  const serve = async (path: string) => {
    const plane = fixedPlane({ 'image.rom': { path }, memory: image, small: 'small' })
    return { plane, running: await start(transport, plane) }
  }

  test('an image comes whole from disk, also to several at once', async () => {
    const { plane, running } = await serve(join(folder, 'image.rom'))
    const replies = await Promise.all([1, 2, 3].map(() => ask(running, '/image.rom')))
    for (const { status, headers, body } of replies) {
      expect(status).toBe(200)
      expect(headers).toMatchObject({ 'content-length': String(SIZE), 'accept-ranges': 'bytes' })
      expect(body.equals(image)).toBe(true)
    }
    const whole = { name: 'image.rom', status: 200, bytes: SIZE, complete: true }
    await expect.poll(() => plane.outcomes).toEqual([whole, whole, whole])
    await expect.poll(heldOpen).toEqual([])
  })

  test('an empty file is a file', async () => {
    const { plane, running } = await serve(join(folder, 'empty'))
    const reply = await ask(running, '/image.rom')
    expect({ status: reply.status, length: reply.headers['content-length'] }).toEqual({
      status: 200,
      length: '0',
    })
    expect(plane.outcomes).toMatchObject([{ bytes: 0, complete: true }])
  })

  test.each(['image.rom', 'memory'])('a download of %s that is broken off is no delivery', async (name) => {
    const { plane, running } = await serve(join(folder, 'image.rom'))
    const socket = await dial(running)
    const outcome = plane.nextOutcome()
    socket.write(`GET /${name} HTTP/1.1\r\nHost: a\r\n\r\n`)
    await once(socket, 'data')
    socket.destroy()
    const { complete, bytes, status } = await outcome
    expect({ complete, status }).toEqual({ complete: false, status: 200 })
    expect(bytes).toBeLessThan(SIZE)
    await expect.poll(heldOpen).toEqual([])
    expect(plane.outcomes).toHaveLength(1)
    expect(running.log.filter(({ level }) => level !== 'debug')).toEqual([])
  })

  test('answers that wait behind one that is broken off are no deliveries either', async () => {
    const { plane, running } = await serve(join(folder, 'image.rom'))
    const socket = await dial(running)
    const get = (name: string): string => `GET /${name} HTTP/1.1\r\nHost: a\r\n\r\n`
    socket.pause()
    socket.write(get('image.rom') + get('small') + get('image.rom'))
    await expect.poll(() => plane.requests.length).toBe(3)
    socket.destroy()
    await expect.poll(() => plane.outcomes.length).toBe(3)
    expect(plane.outcomes.map(({ complete }) => complete)).toEqual([false, false, false])
    await expect.poll(heldOpen).toEqual([])
  })

  test('an answer that comes after the device has gone is no delivery', async () => {
    const plane = fixedPlane({ small: 'small' })
    let release: () => void = () => {}
    const released = new Promise<void>((resolve) => (release = resolve))
    const asked: string[] = []
    const get: typeof plane.get = async (request) => {
      asked.push(request.name)
      await released
      return plane.get(request)
    }
    const running = await start(transport, { ...plane, get })
    const socket = await dial(running)
    socket.write('GET /small HTTP/1.1\r\nHost: a\r\n\r\n')
    await expect.poll(() => asked.length).toBe(1)
    socket.destroy()
    // The server has heard of it when a connection made later has been answered.
    const later = await dial(running)
    later.write('DELETE /x HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n')
    await untilClosed(later)
    const outcome = plane.nextOutcome()
    release()
    expect(await outcome).toMatchObject({ complete: false, bytes: 0 })
  })

  test('a file that is gone is not found', async () => {
    const { plane, running } = await serve(join(folder, 'image.rom'))
    const get: typeof plane.get = async (request) => {
      const answer = await plane.get(request)
      return answer.kind === 'disk' ? { ...answer, path: join(folder, 'none') } : answer
    }
    const other = await start(transport, { ...plane, get })
    const reply = await ask(other, '/image.rom')
    expect({ status: reply.status, body: reply.body.toString() }).toEqual({
      status: 404,
      body: 'not found\n',
    })
    expect(plane.outcomes).toMatchObject([{ complete: false, bytes: 0 }])
    expect(running.log).toEqual([])
  })

  test('a file that is not what was said of it is not sent', async () => {
    const { plane } = await serve(join(folder, 'image.rom'))
    for (const path of [join(folder, 'empty'), folder]) {
      const get: typeof plane.get = async (request) => {
        const answer = await plane.get(request)
        return answer.kind === 'disk' ? { ...answer, path } : answer
      }
      const other = await start(transport, { ...plane, get })
      expect((await ask(other, '/image.rom')).status).toBe(503)
    }
    expect(plane.outcomes.map(({ complete }) => complete)).toEqual([false, false])
    await expect.poll(heldOpen).toEqual([])
  })

  test('a file that becomes shorter on the way is not mistaken for whole', async () => {
    const path = join(folder, 'shrinking')
    await writeFile(path, image)
    const { plane, running } = await serve(path)
    const socket = await dial(running)
    const outcome = plane.nextOutcome()
    socket.write('GET /image.rom HTTP/1.1\r\nHost: a\r\n\r\n')
    await hear(socket, (text) => text.includes('an image'))
    socket.pause()
    await truncate(path, 1000)
    const received = untilClosed(socket)
    socket.resume()
    expect((await received).length).toBeLessThan(SIZE)
    expect(await outcome).toMatchObject({ complete: false })
    await expect.poll(heldOpen).toEqual([])
  })
})
