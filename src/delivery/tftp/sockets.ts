import { createSocket, type RemoteInfo, type Socket } from 'node:dgram'
import { lookup } from 'node:dns/promises'
import { dataHeader } from './packets.ts'

export interface Listen {
  readonly host: string
  readonly port: number
}

/** A crowd that boots at once overflows the system's default of some 200 KB, and each request lost costs a second. */
const RECEIVE_BUFFER = 4 * 1024 * 1024

/** A new socket for every transfer would cost more than a small transfer does. */
const TRANSFER_SOCKETS = 32

export interface Sockets {
  readonly requests: Socket
  /** A transfer socket in turn; never the one given, so that a peer's next transfer has another transfer ID. */
  next(other?: Socket): Socket
  readonly transfers: readonly Socket[]
  close(): Promise<void>
}

/** All sockets are bound to the one address, so answers leave from the address the request came to. */
export async function openSockets(listen: Listen): Promise<Sockets> {
  const { address, family } = await lookup(listen.host)
  const opened: Socket[] = []
  const open = async (port: number, exclusive: boolean): Promise<Socket> => {
    const socket = createSocket({
      type: family === 6 ? 'udp6' : 'udp4',
      recvBufferSize: RECEIVE_BUFFER,
      // Every address here is a number already; Node's own look-up takes a sixth of the time of a packet.
      lookup: (host, _options, found) => found(null, host, family),
    })
    opened.push(socket)
    await new Promise<void>((resolve, reject) => {
      socket.once('error', reject)
      socket.bind({ address, port, exclusive }, () => {
        socket.off('error', reject)
        resolve()
      })
    })
    return socket
  }
  const close = async (): Promise<void> => {
    await Promise.all(opened.splice(0).map(closed))
  }
  try {
    const requests = await open(listen.port, false)
    const transfers: Socket[] = []
    for (let count = 0; count < TRANSFER_SOCKETS; count++) transfers.push(await open(0, true))
    return { requests, transfers, next: inTurn(transfers), close }
  } catch (error) {
    await close()
    throw error
  }
}

function inTurn(sockets: readonly Socket[]): (other?: Socket) => Socket {
  let turn = 0
  const take = (): Socket => {
    const socket = sockets[turn++ % sockets.length]
    if (socket === undefined) throw new Error('there is no transfer socket')
    return socket
  }
  return (other) => {
    const socket = take()
    return socket === other ? take() : socket
  }
}

function closed(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    try {
      socket.close(() => resolve())
    } catch {
      resolve() // It is closed already, or was never bound.
    }
  })
}

/** Port 0 cannot be answered, and Node throws when asked to; a forged packet may well bear it. */
export function isAnswerable(peer: Pick<RemoteInfo, 'port'>): boolean {
  return peer.port > 0 && peer.port <= 0xffff
}

/** An IPv4 peer of an IPv6 socket appears as `::ffff:192.0.2.1`; it is the same peer all the same. */
export function plainAddress(address: string): string {
  return address.startsWith('::ffff:') && address.includes('.') ? address.slice(7) : address
}

/** The way to one peer, by one socket. */
export interface Wire {
  readonly socket: Socket
  readonly address: string
  readonly port: number
}

/** Without a callback a packet that cannot be sent is a packet lost, which TFTP knows how to mend. */
export function sendPacket(wire: Wire, packet: Buffer): void {
  wire.socket.send(packet, wire.port, wire.address)
}

export function sendData(wire: Wire, block: number, bytes: Buffer): void {
  wire.socket.send([dataHeader(block), bytes], wire.port, wire.address)
}
