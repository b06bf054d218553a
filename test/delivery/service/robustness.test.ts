import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { rm } from 'node:fs/promises'
import type { Socket } from 'node:net'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { uploadLimits } from '../../../src/delivery/uploads.ts'
import { discoveredLimit } from '../../../src/store/devices-discovered.ts'
import { ask, drained, open, packet, read, tftpGet } from './asking.ts'
import { company, fleet, passwordOf } from './fleet.ts'
import { type Running, run, temporaryFolder } from './running.ts'

const t54w = '805ec0aa0001'
const phone = '127.0.0.2'

let certs: string
let running: Running

beforeAll(async () => {
  certs = await temporaryFolder()
  running = await run(fleet(company({ devices: { [t54w]: 'yealink/t54w' } })), { certs })
  await good()
})
afterAll(async () => {
  await running.stop()
  await rm(certs, { recursive: true })
})

/** What must go on working whatever others do. */
async function good(): Promise<void> {
  const plain = await untilTaken(() => ask(running.port('http'), { path: `/${t54w}.cfg`, from: phone }))
  expect(plain.status).toBe(200)
  expect(plain.body.toString()).toContain(passwordOf(t54w))
  const secure = await untilTaken(() =>
    ask(running.port('https'), { path: `/${t54w}.boot`, from: phone, tls: {} }),
  )
  expect(secure.status).toBe(200)
}

/** A server that has more to do than it can may put a phone off; it says when to come again, and phones do. */
async function untilTaken<T extends { readonly status: number; readonly headers: object }>(
  come: () => Promise<T>,
): Promise<T> {
  for (let times = 0; ; times++) {
    const answer = await come()
    if (answer.status !== 503 || times === 5) return answer
    const after = (answer.headers as Readonly<Record<string, string>>)['retry-after']
    expect(after).toMatch(/^\d+$/)
    await new Promise((resolve) => setTimeout(resolve, Number(after) * 1000))
  }
}

async function connected(count: number): Promise<Socket[]> {
  const sockets = Array.from({ length: count }, () => open(running.port('http')))
  for (const socket of sockets) socket.on('error', () => {})
  await Promise.all(sockets.map((socket) => once(socket, 'connect')))
  return sockets
}

async function gone(sockets: readonly Socket[]): Promise<void> {
  const closed = sockets.map((socket) => (socket.closed ? undefined : once(socket, 'close')))
  for (const socket of sockets) socket.destroy()
  await Promise.all(closed)
}

it('what is no HTTP harms nobody', async () => {
  const nonsense: readonly (readonly [string, RegExp])[] = [
    ['\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03', /^HTTP\/1\.1 400 /],
    ['GET\r\n\r\n', /^HTTP\/1\.1 400 /],
    ['GET /x HTTP/9.9\r\nHost: x\r\n\r\n', /^HTTP\/1\.1 400 /],
    ['GET /x y HTTP/1.1\r\nHost: x\r\n\r\n', /^HTTP\/1\.1 400 /],
    ['GET /x HTTP/1.1\r\nConnection: close\r\n\r\n', /^HTTP\/1\.1 400 /],
    [
      'GET /x HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
      /^HTTP\/1\.1 400 /,
    ],
    ['PUT /x HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n', /^HTTP\/1\.1 400 /],
    [`GET /x HTTP/1.1\r\nHost: x\r\nX: ${'a'.repeat(20_000)}\r\n\r\n`, /^HTTP\/1\.1 431 /],
    [`GET /${'a'.repeat(20_000)} HTTP/1.1\r\nHost: x\r\n\r\n`, /^HTTP\/1\.1 431 /],
    ['CONNECT x:443 HTTP/1.1\r\nHost: x\r\n\r\n', /^HTTP\/1\.1 405 /],
    ['BREW /pot HTTP/1.1\r\nHost: x\r\n\r\n', /^HTTP\/1\.1 400 /],
    ['GET /x\0y HTTP/1.1\r\nHost: x\r\n\r\n', /^HTTP\/1\.1 400 /],
    [
      `GET /${t54w}.cfg HTTP/1.1\r\nHost: x\r\nAuthorization: Digest ${'a="b",'.repeat(500)}\r\nConnection: close\r\n\r\n`,
      /^HTTP\/1\.1 401 /,
    ],
    [
      `GET /${t54w}.cfg HTTP/1.1\r\nHost: x\r\nAuthorization: Basic ÿÿÿ:\r\nConnection: close\r\n\r\n`,
      /^HTTP\/1\.1 401 /,
    ],
  ]
  for (const [text, answer] of nonsense) {
    const socket = open(running.port('http'), { from: '127.0.7.1' })
    socket.write(text, 'latin1')
    expect((await drained(socket)).toString('latin1'), text.slice(0, 60)).toMatch(answer)
  }
  await good()
})

it('those who never end their request keep nobody waiting', async () => {
  const sockets = await connected(200)
  for (const [i, socket] of sockets.entries()) {
    socket.write(
      i % 2
        ? 'GET /slow HTTP/1.1\r\nHost: x\r\nX: '
        : `PUT /${t54w}-sys.log HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\nx`,
    )
  }
  await good()
  await gone(sockets)
})

it('a thousand connections on which nothing comes leave room for others', async () => {
  const sockets = await connected(1000)
  await good()
  await gone(sockets)
  await good()
})

it('a hundred thousand invented devices fill neither the memory nor the disk', async () => {
  const connections = 5000
  const each = 20
  const before = settledHeap()
  for (let done = 0; done < connections; done += 250) {
    const batch = Array.from({ length: 250 }, async (_, i) => {
      const at = done + i
      const socket = open(running.port('http'), { from: `127.${20 + (at >> 8)}.${at & 255}.1` })
      const answer = drained(socket)
      const requests = Array.from({ length: each }, (_, j) => {
        // Far apart: names one after another are slowed down sooner.
        const mac = (0x805ec1000000 + (((at * each + j) * 7919) % 0x1000000)).toString(16)
        const last = j === each - 1 ? 'Connection: close\r\n' : ''
        return `GET /${mac}.cfg HTTP/1.1\r\nHost: x\r\n${last}\r\n`
      })
      socket.write(requests.join(''))
      return (await answer).toString('latin1').split('HTTP/1.1 401 ').length - 1
    })
    const told = await Promise.all(batch)
    expect(told.reduce((sum, one) => sum + one, 0)).toBe(250 * each)
    if (done % 1000 === 0) await good()
  }
  await good()
  const discovered = async () => (await running.store.devices.discoveredDevices({ limit: 200_000 })).length
  await expect.poll(discovered).toBeGreaterThan(1000)
  expect(await discovered()).toBeLessThanOrEqual(discoveredLimit)
  const told = await running.store.devices.recentDeliveries(10_000)
  expect(told.filter(({ mac }) => mac !== t54w)).toEqual([])
  // What is remembered of sources and devices is bounded; a hundred thousand of anything would be more than this.
  expect(settledHeap() - before).toBeLessThan(64 * 1024 * 1024)
  // On a machine that is busy with other things it takes long.
}, 240_000)

function settledHeap(): number {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  collect()
  return process.memoryUsage().heapUsed
}

it('a flood of datagrams from one address and from many stops nobody', async () => {
  const port = running.port('tftp')
  const sources = ['127.0.8.1', ...Array.from({ length: 100 }, (_, i) => `127.0.9.${i + 1}`)]
  const sockets = await Promise.all(
    sources.map(async (from) => {
      const socket = createSocket('udp4')
      socket.bind(0, from)
      await once(socket, 'listening')
      return socket
    }),
  )
  const sent = sockets.flatMap((socket, i) =>
    Array.from({ length: i === 0 ? 5000 : 50 }, (_, j) => {
      const mac = (0x805ec2000000 + i * 7919 + j).toString(16)
      const datagram =
        j % 5 === 0 ? Buffer.from([0, j & 255, 1, 2, 3]) : packet(j % 7 === 0 ? 2 : 1, `${mac}.cfg`)
      return new Promise<void>((resolve) => socket.send(datagram, port, '127.0.0.1', () => resolve()))
    }),
  )
  await good()
  await Promise.all(sent)
  await good()
  for (const socket of sockets) socket.close()
  const got = await tftpGet(port, `${t54w}.cfg`, phone)
  expect('body' in got && got.body.toString()).toContain(passwordOf(t54w))
})

it('uploads that are too large, of the device and of strangers at once, hold up nothing', async () => {
  const large = Buffer.alloc(uploadLimits.bytes * 3, 'x')
  const port = running.port('http')
  const own = Array.from({ length: 10 }, () =>
    ask(port, { path: `/${t54w}-sys.log`, method: 'PUT', body: large, from: phone }),
  )
  const strangers = Array.from({ length: 20 }, async (_, i) => {
    const socket = open(port, { from: `127.0.10.${i + 1}` })
    const answer = drained(socket)
    socket.write('PUT /805ec3000001-sys.log HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n')
    socket.write(`${large.length.toString(16)}\r\n`)
    socket.write(large)
    return read(await answer).status
  })
  await good()
  expect((await Promise.all(own)).map(({ status }) => status)).toEqual(own.map(() => 413))
  expect(await Promise.all(strangers)).toEqual(strangers.map(() => 401))
  await good()
})
