import { EventEmitter } from 'node:events'
import { connect, type Socket } from 'node:net'
import { expect, test } from 'vitest'
import { inOrder } from '../../../src/delivery/http/queue.ts'
import { ask, dial, start } from './listening.ts'
import { fixedPlane } from './planes.ts'

const socket = (): Socket => Object.assign(new EventEmitter(), { destroyed: false }) as Socket
const turn = () => new Promise(setImmediate)

test('connections begin in the order they came, and not all in one turn', async () => {
  const begun: Socket[] = []
  const wait = inOrder((one) => begun.push(one))
  const crowd = Array.from({ length: 100 }, socket)
  for (const one of crowd) wait(one)
  expect(begun).toEqual([])
  await turn()
  const first = begun.length
  expect(first).toBeGreaterThan(0)
  expect(first).toBeLessThan(50)
  await expect.poll(() => begun.length).toBe(100)
  expect(begun.every((one, i) => one === crowd[i])).toBe(true)
  const late = socket()
  wait(late)
  await expect.poll(() => begun.at(-1)).toBe(late)
})

test('who is gone when it is his turn is passed over, and fails nobody', async () => {
  const begun: Socket[] = []
  const wait = inOrder((one) => begun.push(one))
  const [gone, there] = [socket(), socket()]
  wait(gone)
  wait(there)
  gone.emit('error', new Error('reset'))
  Object.assign(gone, { destroyed: true })
  await expect.poll(() => begun.length).toBe(1)
  expect(begun).toEqual([there])
  // What comes later is again for whoever has the connection.
  expect(there.listenerCount('error')).toBe(0)
})

test('a device that leaves before its handshake harms nobody', async () => {
  const running = await start('https', fixedPlane({ file: 'x' }))
  for (let i = 0; i < 50; i++) {
    const hasty = connect(running.port, '127.0.0.1', () => hasty.resetAndDestroy())
  }
  await dial(running)
  expect((await ask(running, '/file')).status).toBe(200)
})
