import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import type { TftpAnswer, TftpFiles } from '../../../src/delivery/tftp/files.ts'
import { startTftp, type TftpOptions, type TftpServer } from '../../../src/delivery/tftp/server.ts'

export interface Packet {
  readonly opcode: number
  /** Block number, or error code. */
  readonly number: number
  readonly bytes: Buffer
  readonly from: number
}

/** A TFTP peer that does exactly what a test tells it, right or wrong. */
export interface Peer {
  readonly port: number
  /** Everything that ever came. */
  readonly received: readonly Packet[]
  /** The next packet not yet looked at. */
  next(): Promise<Packet>
  send(packet: Buffer, port: number): void
  close(): void
}

const open: { close(): unknown }[] = []

export async function closeAll(): Promise<void> {
  await Promise.all(open.splice(0).map((one) => one.close()))
}

export async function openPeer(): Promise<Peer> {
  const socket = createSocket({ type: 'udp4', recvBufferSize: 4 * 1024 * 1024 })
  const received: Packet[] = []
  let looked = 0
  let wake: (() => void) | undefined
  socket.on('message', (bytes, { port }) => {
    received.push({
      opcode: bytes.readUInt16BE(0),
      number: bytes.readUInt16BE(2),
      bytes: bytes.subarray(4),
      from: port,
    })
    wake?.()
  })
  socket.bind(0, '127.0.0.1')
  await once(socket, 'listening')
  const peer: Peer = {
    port: socket.address().port,
    received,
    async next() {
      for (;;) {
        const packet = received[looked]
        if (packet !== undefined) {
          looked++
          return packet
        }
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      }
    },
    send: (packet, port) => socket.send(packet, port, '127.0.0.1'),
    close: () => socket.close(),
  }
  open.push(peer)
  return peer
}

/** A server that the end of the test closes without waiting for transfers that nobody ends. */
export function serve(files: TftpFiles, more: Partial<TftpOptions> = {}): Promise<TftpServer> {
  const limits = { closeGraceSeconds: 0, ...more.limits }
  return startTftp({ listen: { host: '127.0.0.1', port: 0 }, files, ...more, limits }).then((server) => {
    open.push(server)
    return server
  })
}

/** Files by name, held in a Map so that no name is special. */
export function shelf(contents: Record<string, Buffer>): TftpFiles {
  const bodies = new Map(Object.entries(contents))
  return {
    read(name): TftpAnswer {
      const body = bodies.get(name)
      return body === undefined ? { error: 'not-found' } : { body }
    },
  }
}

type Options = Readonly<Record<string, string | number>>

export function request(opcode: 1 | 2, name: string, options: Options = {}, mode = 'octet'): Buffer {
  const words = [name, mode, ...Object.entries(options).flat()]
  return Buffer.from(`\0${String.fromCharCode(opcode)}${words.map((word) => `${word}\0`).join('')}`)
}
export const rrq = (name: string, options?: Options, mode?: string): Buffer => request(1, name, options, mode)
export const wrq = (name: string, options?: Options, mode?: string): Buffer => request(2, name, options, mode)
export const ack = (block: number): Buffer => Buffer.of(0, 4, (block >> 8) & 255, block & 255)
export const data = (block: number, bytes: Buffer): Buffer =>
  Buffer.concat([Buffer.of(0, 3, (block >> 8) & 255, block & 255), bytes])
export const error = (code: number): Buffer =>
  Buffer.from(`\0\x05\0${String.fromCharCode(code)}no\0`, 'latin1')

/** The words of an OACK, as [name, value, …]. */
export function oackWords({ number, bytes }: Packet): string[] {
  const whole = Buffer.concat([Buffer.of(number >> 8, number & 255), bytes])
  return whole.toString('latin1').split('\0').slice(0, -1)
}

/** Reads a whole file as a well-behaved client, acknowledging every `window` blocks. */
export async function download(
  peer: Peer,
  port: number,
  name: string,
  options: Options = {},
  mode?: string,
): Promise<Buffer> {
  peer.send(rrq(name, options, mode), port)
  const blocks: Buffer[] = []
  const size = Number(options.blksize ?? 512)
  const window = Number(options.windowsize ?? 1)
  for (;;) {
    const { opcode, number, bytes, from } = await peer.next()
    if (opcode === 5) throw new Error(`error ${number}`)
    if (opcode === 6) peer.send(ack(0), from)
    if (opcode !== 3) continue
    if (number !== ((blocks.length + 1) & 0xffff)) throw new Error(`block ${number} after ${blocks.length}`)
    blocks.push(bytes)
    if (bytes.length < size || blocks.length % window === 0) peer.send(ack(blocks.length), from)
    if (bytes.length < size) return Buffer.concat(blocks)
  }
}

/** Bytes in which a lost, doubled or moved block shows. */
export function pattern(length: number): Buffer {
  const bytes = Buffer.allocUnsafe(length)
  for (let at = 0; at < length; at++) bytes[at] = (at * 7 + Math.floor(at / 251)) & 255
  return bytes
}
