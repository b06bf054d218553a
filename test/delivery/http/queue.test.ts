import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { inOrder } from '../../../src/delivery/http/queue.ts'
import { ask, start, untilClosed } from './listening.ts'
import { fixedPlane } from './planes.ts'

/** A server that only notes with whom it has begun, and what was heard of them. */
async function queue(patience = 10_000) {
  const begun: { socket: Socket; heard: Promise<string> }[] = []
  let silent = 0
  const wait = inOrder(
    (socket) => {
      begun.push({ socket, heard: once(socket, 'data').then(([piece]) => String(piece)) })
      socket.resume()
    },
    patience,
    () => silent++,
  )
  const server = createServer(wait)
  await once(server.listen(0, '127.0.0.1'), 'listening')
  onTestFinished(() => {
    for (const { socket } of begun) socket.destroy()
    server.close()
  })
  const { port } = server.address() as AddressInfo
  const dialled = async () => {
    const socket = connect(port, '127.0.0.1')
    socket.on('error', () => {})
    await once(socket, 'connect')
    return socket
  }
  return { begun, dialled, silent: () => silent }
}

test('who has greeted is begun with, with all that was said', async () => {
  const { begun, dialled } = await queue()
  const [silent, polite] = [await dialled(), await dialled()]
  polite.write('good morning')
  await expect.poll(() => begun.length).toBe(1)
  expect(await begun[0]?.heard).toBe('good morning')
  silent.write('hello')
  await expect.poll(() => begun.length).toBe(2)
  expect(await begun[1]?.heard).toBe('hello')
})

test('a crowd is begun with whole and in order', async () => {
  const { begun, dialled } = await queue()
  const crowd = await Promise.all(Array.from({ length: 100 }, dialled))
  for (const [i, socket] of crowd.entries()) socket.write(String(i))
  await expect.poll(() => begun.length).toBe(100)
  const said = await Promise.all(begun.map(({ heard }) => heard))
  expect(said.map(Number).sort((a, b) => a - b)).toEqual(crowd.map((_, i) => i))
})

test('not all are begun with in one turn', () => {
  const begun: unknown[] = []
  const wait = inOrder(
    (socket) => begun.push(socket),
    10_000,
    () => {},
  )
  const heard: ((piece: Buffer) => void)[] = []
  for (let i = 0; i < 100; i++) wait(fakeSocket((hear) => heard.push(hear)))
  for (const hear of heard) hear(Buffer.from('hello'))
  expect(begun).toEqual([])
  return new Promise<void>((resolve) =>
    setImmediate(() => {
      expect(begun.length).toBeGreaterThan(0)
      expect(begun.length).toBeLessThan(50)
      resolve()
    }),
  )
})

function fakeSocket(told: (hear: (piece: Buffer) => void) => void): Socket {
  const socket = {
    destroyed: false,
    on(event: string, listener: (piece: Buffer) => void) {
      if (event === 'data') told(listener)
      return socket
    },
    off: () => socket,
    setTimeout: () => socket,
    pause: () => socket,
    unshift: () => {},
  }
  return socket as unknown as Socket
}

test('who says nothing is let go, and who says too much', async () => {
  const { begun, dialled, silent } = await queue(50)
  await untilClosed(await dialled())
  expect(silent()).toBe(1)
  const { begun: others, dialled: other } = await queue()
  const chatty = await other()
  chatty.write(Buffer.alloc(1_000_000))
  await new Promise((resolve) => chatty.once('close', resolve))
  expect([begun.length, others.length]).toEqual([0, 0])
})

test('a device that leaves before its handshake harms nobody', async () => {
  const running = await start('https', fixedPlane({ file: 'x' }))
  const left = Array.from({ length: 50 }, async () => {
    const hasty = connect(running.port, '127.0.0.1')
    hasty.on('error', () => {})
    await once(hasty, 'connect')
    hasty.write('\x16\x03\x01')
    hasty.resetAndDestroy()
  })
  await Promise.all(left)
  expect((await ask(running, '/file')).status).toBe(200)
})
