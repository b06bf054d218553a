import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import type { ConnectionOptions } from 'node:tls'
import {
  connect,
  createServer,
  type PeerCertificate,
  type Server,
  type TLSSocket,
  type TlsOptions,
} from 'node:tls'
import { onTestFinished } from 'vitest'

export interface Listener {
  readonly server: Server
  readonly port: number
}

/** A listener on a free port that shows each connection to `seen`, then says hello and hangs up. */
export async function listen(options: TlsOptions, seen?: (socket: TLSSocket) => void): Promise<Listener> {
  const server = createServer(options, (socket) => {
    socket.on('error', () => {})
    seen?.(socket)
    socket.end('hello')
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  return { server, port: (server.address() as AddressInfo).port }
}

export interface Handshake {
  readonly protocol: string | null
  readonly cipher: string
  readonly peer: PeerCertificate
}

/** A whole connection as a client makes it; rejects when the handshake fails. */
export async function handshake(port: number, options: ConnectionOptions): Promise<Handshake> {
  const socket = connect({ host: '127.0.0.1', port, servername: 'prov.example.net', ...options })
  await once(socket, 'secureConnect')
  const result = {
    protocol: socket.getProtocol(),
    cipher: socket.getCipher().name,
    peer: socket.getPeerCertificate(),
  }
  socket.resume()
  await once(socket, 'close')
  return result
}
