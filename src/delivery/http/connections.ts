import type { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { canonicalAddress, clientOf, isWithin } from '../access/address.ts'
import { type Connection, cutExchanges, finishOldest, type Told } from './exchange.ts'
import type { HttpLimits } from './limits.ts'

export interface Connections {
  /** Counts a new connection in; destroys it when its source has too many. */
  admit(socket: Socket): boolean
  /** The connection on which requests come: known from the moment it can speak. */
  of(socket: Socket): Connection
  find(socket: Duplex): Connection | undefined
  /** There are more than can be served. */
  crowded(): boolean
  /** Ends those on which something is under way and nothing has moved for too long. To be called now and then. */
  endStalled(now: number): void
  /** Closes each of those that can speak as soon as nothing is under way on it. */
  closeWhenAnswered(): void
  destroyAll(): void
}

/** An address nobody has: that of a connection which was gone before it could be asked. */
const NOBODY = '0.0.0.0'

/**
 * The connections of one listener. Over TLS, `admit` sees the connection below, and the requests come on a socket that
 * stands on it: the one is counted, the other holds the exchanges.
 */
export function trackConnections(limits: HttpLimits, trusted: readonly string[], told: Told): Connections {
  const sockets = new Set<Socket>()
  const perSource = new Map<string, number>()
  const known = new WeakMap<Duplex, Connection>()
  const speaking = new Set<Connection>()

  function admit(socket: Socket): boolean {
    const address = canonicalAddress(socket.remoteAddress ?? '') ?? NOBODY
    // A proxy brings everybody.
    const source = isWithin(address, trusted) ? undefined : clientOf(address)
    if (source !== undefined) {
      const own = perSource.get(source) ?? 0
      if (own >= limits.connectionsPerSource) {
        socket.destroy()
        return false
      }
      perSource.set(source, own + 1)
    }
    sockets.add(socket)
    socket.on('close', () => {
      sockets.delete(socket)
      if (source !== undefined) leave(source)
    })
    return true
  }
  function leave(source: string): void {
    const own = perSource.get(source) ?? 0
    if (own > 1) perSource.set(source, own - 1)
    else perSource.delete(source)
  }
  function of(socket: Socket): Connection {
    const connection = known.get(socket)
    if (connection !== undefined) return connection
    const address = canonicalAddress(socket.remoteAddress ?? '') ?? NOBODY
    const proxy = isWithin(address, trusted)
    const fresh: Connection = {
      socket,
      address,
      proxy,
      exchanges: [],
      certificate: undefined,
      answer: undefined,
      finishOldest: () => finishOldest(fresh),
      moved: 0,
      still: 0,
      told,
    }
    known.set(socket, fresh)
    speaking.add(fresh)
    socket.on('close', () => {
      speaking.delete(fresh)
      cutExchanges(fresh)
    })
    return fresh
  }
  return {
    admit,
    of,
    find: (socket) => known.get(socket),
    crowded: () => sockets.size > limits.connections,
    endStalled(now) {
      for (const connection of speaking)
        if (isStalled(connection, now, limits.idleTime)) connection.socket.destroy()
    },
    closeWhenAnswered() {
      for (const { socket, exchanges } of speaking) {
        for (const { response } of exchanges) response.shouldKeepAlive = false
        const last = exchanges.at(-1)
        if (last === undefined) socket.destroySoon()
        else last.response.on('finish', () => socket.destroySoon())
      }
    },
    destroyAll() {
      for (const { socket } of speaking) socket.destroy()
      for (const socket of sockets) socket.destroy()
    },
  }
}

/** Looked at now and then, this costs a request nothing, where a timer would be set for each. */
function isStalled(connection: Connection, now: number, patience: number): boolean {
  const { socket, exchanges } = connection
  const idle = exchanges.length === 0 && socket.writableLength === 0
  const moved = idle ? -1 : socket.bytesRead + taken(socket)
  if (moved === -1 || moved !== connection.moved) {
    connection.moved = moved
    connection.still = now
    return false
  }
  return now - connection.still > patience
}

/** Written and no longer in this process. */
function taken(socket: Socket): number {
  return socket.bytesWritten - socket.writableLength
}
