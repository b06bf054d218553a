import { createSocket, type RemoteInfo } from 'node:dgram'
import { connect, type Socket } from 'node:net'
import { type ConnectionOptions, connect as connectTls } from 'node:tls'

export interface Ask {
  readonly method?: string
  /** As it stands in the request line: nothing is escaped. */
  readonly path: string
  readonly userAgent?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Buffer
  /** The address asked from; every 127.x.y.z is this machine's. */
  readonly from?: string
  readonly tls?: ConnectionOptions
}

export interface Told {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  /** Status line and headers as they came. */
  readonly head: string
  readonly body: Buffer
}

/** One request on a connection of its own, byte for byte as it is written here. */
export async function ask(port: number, request: Ask): Promise<Told> {
  const { method = 'GET', path, userAgent, headers = {}, body } = request
  const socket = open(port, request)
  const all = {
    Host: '127.0.0.1',
    ...(userAgent === undefined ? {} : { 'User-Agent': userAgent }),
    ...(body === undefined ? {} : { 'Content-Length': String(Buffer.byteLength(body)) }),
    Connection: 'close',
    ...headers,
  }
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`)
  socket.write(`${method} ${path} HTTP/1.1\r\n${lines.join('')}\r\n`)
  if (body !== undefined) socket.write(body)
  return read(await drained(socket))
}

export function open(port: number, { from, tls }: Pick<Ask, 'from' | 'tls'> = {}): Socket {
  const place = { host: '127.0.0.1', port, ...(from === undefined ? {} : { localAddress: from }) }
  return tls ? connectTls({ ...place, rejectUnauthorized: false, ...tls }) : connect(place)
}

/** All that comes until the other side ends. */
export function drained(socket: Socket): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const pieces: Buffer[] = []
    socket.on('data', (piece: Buffer) => pieces.push(piece))
    socket.on('error', (error) => (pieces.length > 0 ? resolve(Buffer.concat(pieces)) : reject(error)))
    socket.on('close', () => resolve(Buffer.concat(pieces)))
  })
}

export function read(bytes: Buffer): Told {
  const end = bytes.indexOf('\r\n\r\n')
  const head = bytes.subarray(0, end).toString('latin1')
  const [first = '', ...lines] = head.split('\r\n')
  const headers = lines.map((line) => [
    line.slice(0, line.indexOf(':')).toLowerCase(),
    line.slice(line.indexOf(':') + 1).trim(),
  ])
  return {
    status: Number(first.split(' ')[1]),
    headers: Object.fromEntries(headers),
    head,
    body: bytes.subarray(end + 4),
  }
}

export type TftpTold = { readonly body: Buffer } | { readonly error: number }

/** Reads a file over TFTP in blocks of 512, from any address of this machine. */
export function tftpGet(port: number, name: string, from = '127.0.0.1'): Promise<TftpTold> {
  const blocks: Buffer[] = []
  return converse(port, from, packet(1, name), (datagram, reply, end) => {
    if (datagram.readUInt16BE(0) !== 3) return end({ error: datagram.readUInt16BE(2) })
    const number = datagram.readUInt16BE(2)
    if (number === blocks.length + 1) blocks.push(datagram.subarray(4))
    reply(Buffer.of(0, 4, number >> 8, number & 255))
    if (datagram.length < 516) end({ body: Buffer.concat(blocks) })
  })
}

/** Writes a file over TFTP; an empty body tells that it was taken. */
export function tftpPut(port: number, name: string, body: Buffer, from = '127.0.0.1'): Promise<TftpTold> {
  const last = Math.floor(body.length / 512) + 1
  return converse(port, from, packet(2, name), (datagram, reply, end) => {
    if (datagram.readUInt16BE(0) !== 4) return end({ error: datagram.readUInt16BE(2) })
    const next = datagram.readUInt16BE(2) + 1
    if (next > last) return end({ body: Buffer.alloc(0) })
    reply(
      Buffer.concat([Buffer.of(0, 3, next >> 8, next & 255), body.subarray((next - 1) * 512, next * 512)]),
    )
  })
}

export function packet(opcode: 1 | 2, name: string): Buffer {
  return Buffer.concat([Buffer.of(0, opcode), Buffer.from(`${name}\0octet\0`)])
}

type Turn = (datagram: Buffer, reply: (bytes: Buffer) => void, end: (told: TftpTold) => void) => void

function converse(port: number, from: string, first: Buffer, turn: Turn): Promise<TftpTold> {
  return new Promise((resolve, reject) => {
    const socket = createSocket('udp4')
    socket.on('error', reject)
    socket.on('message', (datagram, peer: RemoteInfo) =>
      turn(
        datagram,
        (bytes) => socket.send(bytes, peer.port, peer.address),
        (told) => {
          // What was just sent goes out before the socket goes.
          setImmediate(() => socket.close())
          resolve(told)
        },
      ),
    )
    socket.bind(0, from, () => socket.send(first, port, '127.0.0.1'))
  })
}
