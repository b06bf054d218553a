import { connect as connectTcp, isIP, type Socket } from 'node:net'
import { connect as connectTls, type TLSSocket } from 'node:tls'
import { createFramer } from './framing.ts'
import { addressOf, type Carrier, type NoPath, type Path, type Place } from './path.ts'

/** Connections to SIP servers: one to each, used by all that goes there for as long as it stays open. */
export interface Streams {
  over(transport: 'tcp' | 'tls', host: string): Carrier
  close(why: string): void
}

export interface StreamOptions {
  /** Certificates (PEM) of authorities to trust in place of the system's. */
  readonly authorities?: string
  /** Milliseconds a connection may take to stand. */
  readonly patience: number
  /** `reply` sends on the connection that the message came on. */
  hear(bytes: Buffer, from: Place, reply: (bytes: Buffer) => void): void
  lose(path: Path, why: string): void
}

export function createStreams(options: StreamOptions): Streams {
  const open = new Map<string, Promise<Path | NoPath>>()
  const sockets = new Set<Socket>()
  let closed: string | undefined

  const establish = (place: Place, transport: 'tcp' | 'tls', host: string, forget: () => void) =>
    new Promise<Path | NoPath>((resolve) => {
      const socket = transport === 'tls' ? callTls(place, host, options.authorities) : callTcp(place)
      const there = transport === 'tls' ? `${host} (${addressOf(place)})` : addressOf(place)
      let path: Path | undefined
      let failure = 'it was closed'
      sockets.add(socket)
      // Longer than any transaction: what has been idle for so long has nobody waiting on it.
      socket.setTimeout(2 * options.patience, () => socket.destroy())
      const limit = setTimeout(() => {
        failure = `not connected within ${options.patience / 1000} s`
        socket.destroy()
      }, options.patience)
      socket.once(transport === 'tls' ? 'secureConnect' : 'connect', () => {
        clearTimeout(limit)
        path = pathOn(socket, transport)
        resolve(path)
      })
      listen(socket, place, options.hear)
      socket.on('error', (error: NodeJS.ErrnoException) => {
        failure = error.code ?? error.message
      })
      socket.on('close', () => {
        clearTimeout(limit)
        sockets.delete(socket)
        forget()
        if (path) options.lose(path, `the connection to ${there} was lost: ${failure}`)
        resolve(noPath(socket, there, failure))
      })
    })

  return {
    over: (transport, host) => ({
      reachesIPv6: true,
      async pathTo(place) {
        if (closed !== undefined) return { noPath: closed }
        const key = `${transport} ${addressOf(place)} ${host}`
        const known = open.get(key)
        if (known) return known
        const forget = (): void => {
          if (open.get(key) === opening) open.delete(key)
        }
        const opening = establish(place, transport, host, forget)
        open.set(key, opening)
        return opening
      },
    }),
    close(why) {
      closed = why
      for (const socket of sockets) socket.destroy()
    },
  }
}

function callTcp({ address, port }: Place): Socket {
  return connectTcp({ host: address, port, noDelay: true })
}

/** The certificate must be one for the name that is configured, whatever the name's records lead to (RFC 5922). */
function callTls({ address, port }: Place, host: string, authorities: string | undefined): TLSSocket {
  return connectTls({
    host: address,
    port,
    minVersion: 'TLSv1.2',
    ...(isIP(host) === 0 && { servername: host.replace(/\.$/, '') }),
    ...(authorities !== undefined && { ca: authorities }),
  }).setNoDelay(true)
}

function pathOn(socket: Socket, transport: 'tcp' | 'tls'): Path {
  const here = addressOf({ address: socket.localAddress ?? '0.0.0.0', port: socket.localPort ?? 0 })
  return {
    via: `SIP/2.0/${transport.toUpperCase()} ${here}`,
    contact: `sip:${here};transport=${transport}`,
    isReliable: true,
    send: (bytes) => socket.write(bytes),
  }
}

function listen(socket: Socket, place: Place, hear: StreamOptions['hear']): void {
  const framer = createFramer()
  const reply = (bytes: Buffer): void => {
    socket.write(bytes)
  }
  socket.on('data', (piece: Buffer) => {
    const messages = framer.take(piece)
    if (messages === 'broken') socket.destroy(new Error('what came is not SIP'))
    else for (const message of messages) hear(message, place, reply)
  })
}

function noPath(socket: Socket, there: string, failure: string): NoPath {
  const mistrust = 'authorizationError' in socket && socket.authorizationError
  if (mistrust)
    return { noPath: `the certificate of ${there} is not trusted: ${failure}`, isMistrusted: true }
  return { noPath: `no connection to ${there}: ${failure}` }
}
