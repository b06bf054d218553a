import { createSocket, type RemoteInfo, type Socket } from 'node:dgram'
import { lookup } from 'node:dns/promises'
import { once } from 'node:events'
import { isIP, isIPv4, isIPv6 } from 'node:net'
import type { Address } from '../../settings/parse.ts'
import { soundPort } from './closed-port.ts'
import { addressOf, type Carrier, type NoPath, type Path, type Place } from './path.ts'

/** One socket for everything that goes over UDP. */
export interface UdpPort extends Carrier {
  readonly address: Address
  close(): void
}

export interface UdpEars {
  hear(bytes: Buffer, from: Place, reply: (bytes: Buffer) => void): void
  lose(path: Path, why: string): void
}

/** Thousands of devices may answer at once; what the kernel cannot hold meanwhile would be asked for again. */
const RECEIVE_BUFFER = 4 * 1024 * 1024

/** Paths are kept for the servers that are used again and again, not for every device that was ever told directly. */
const MOST_PATHS = 1000

export async function openUdp(listen: Address, ears: UdpEars): Promise<UdpPort> {
  const host = isIP(listen.host) ? listen.host : (await lookup(listen.host)).address
  const isDual = isIPv6(host)
  const socket = createSocket({
    type: isDual ? 'udp6' : 'udp4',
    recvBufferSize: RECEIVE_BUFFER,
    // Only addresses come here: looking them up would cost each datagram a detour.
    lookup: (address, _options, done) => done(null, address, isDual ? 6 : 4),
  })
  socket.on('message', (bytes: Buffer, { address, port }: RemoteInfo) => {
    const reply = (answer: Buffer): void => transmit(socket, answer, port, address, () => {})
    ears.hear(bytes, { address: plainAddress(address), port }, reply)
  })
  // Listened for first: without a name to look up, the socket may be bound before the call is back.
  const listening = once(socket, 'listening')
  socket.bind(listen.port, host)
  await listening
  // From here on an error is one of a single datagram, whose transaction asks again or runs out of time.
  socket.on('error', () => {})
  const { port } = socket.address()
  const paths = new Map<string, Path>()
  let isOpen = true
  let leaving: Leaving[] = []

  /**
   * What is sent in one turn of the loop leaves at its end. One by one, each datagram would wake a server that has
   * just fallen asleep, which costs more than the sending.
   */
  const leave = (): void => {
    const all = leaving
    leaving = []
    for (const { bytes, port, address, sent } of all) transmit(socket, bytes, port, address, sent)
  }

  /** What the socket wants to see: one of IPv6 takes addresses of IPv4 in the form that IPv6 has for them. */
  const target = (address: string): string => (isDual && isIPv4(address) ? `::ffff:${address}` : address)

  const open = async (place: Place): Promise<Path> => {
    const local = isWildcard(host) ? await localAddressTo(place) : host
    const here = addressOf({ address: local, port })
    const address = target(place.address)
    let isSounding = false
    const sent = (error: Error | null): void => {
      if (error) ears.lose(path, `nothing can be sent to ${addressOf(place)}: ${codeOf(error)}`)
    }
    const path: Path = {
      via: `SIP/2.0/UDP ${here}`,
      contact: `sip:${here}`,
      isReliable: false,
      send(bytes) {
        if (leaving.push({ bytes, port: place.port, address, sent }) === 1) setImmediate(leave)
      },
      sound() {
        if (isSounding) return
        isSounding = true
        soundPort(place, (isClosed) => {
          isSounding = false
          if (isClosed) ears.lose(path, `nothing listens at ${addressOf(place)}`)
        })
      },
    }
    return path
  }

  const remember = async (place: Place): Promise<Path | NoPath> => {
    const key = addressOf(place)
    try {
      const path = await open(place)
      for (const oldest of paths.keys()) {
        if (paths.size < MOST_PATHS) break
        paths.delete(oldest)
      }
      paths.set(key, path)
      return path
    } catch (error) {
      return { noPath: `there is no way to ${key}: ${codeOf(error)}` }
    }
  }

  return {
    address: { host, port },
    reachesIPv6: isDual,
    pathTo: (place) => paths.get(addressOf(place)) ?? remember(place),
    close() {
      if (isOpen) socket.close()
      isOpen = false
    },
  }
}

/** A datagram on its way out. */
interface Leaving {
  readonly bytes: Buffer
  readonly port: number
  readonly address: string
  readonly sent: (error: Error | null) => void
}

/** A closed socket throws where an open one reports. */
function transmit(
  socket: Socket,
  bytes: Buffer,
  port: number,
  address: string,
  sent: (error: Error | null) => void,
): void {
  try {
    socket.send(bytes, port, address, sent)
  } catch (error) {
    sent(error instanceof Error ? error : new Error(String(error)))
  }
}

/** From which of this machine's addresses the kernel would send there; nothing is sent to find out. */
async function localAddressTo(place: Place): Promise<string> {
  const probe = createSocket(isIPv6(place.address) ? 'udp6' : 'udp4')
  try {
    const connected = once(probe, 'connect')
    probe.connect(place.port, place.address)
    await connected
    return probe.address().address
  } finally {
    probe.close()
  }
}

function isWildcard(host: string): boolean {
  return host === '0.0.0.0' || host === '::'
}

function plainAddress(address: string): string {
  return address.startsWith('::ffff:') ? address.slice('::ffff:'.length) : address
}

function codeOf(error: unknown): string {
  return error instanceof Error ? ('code' in error && String(error.code)) || error.message : String(error)
}
