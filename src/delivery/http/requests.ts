import { TLSSocket } from 'node:tls'
import { shownOnSocket, shownToProxy } from '../access/certificate.ts'
import { sourceOf } from '../access/source.ts'
import type { DeviceRequest, DeviceTransport, PresentedCertificate } from '../plane.ts'
import type { Connection, Exchange } from './exchange.ts'
import type { PlainGet } from './plain-get.ts'

/** The request as the plane sees it. */
export function deviceRequest(
  exchange: Exchange,
  name: string,
  listener: DeviceTransport,
  trusted: readonly string[],
): DeviceRequest {
  const { request, connection } = exchange
  const { method = '', url = '', headers } = request
  const from = connection.proxy
    ? sourceOf(connection.socket.remoteAddress, listener, headers, trusted)
    : undefined
  const certificate = from?.viaProxy
    ? from.certificate && shownToProxy(from.certificate)
    : listener === 'mtls'
      ? shown(connection)
      : undefined
  const asked: Writable = {
    transport: from?.transport ?? listener,
    method,
    name,
    target: url,
    source: from?.address ?? connection.address,
  }
  if (headers['user-agent'] !== undefined) asked.userAgent = headers['user-agent']
  if (headers.authorization !== undefined) asked.authorization = headers.authorization
  if (certificate !== undefined) asked.certificate = certificate
  return asked
}

/** The same of a request that was read here, from a peer that is no proxy. */
export function plainRequest(
  connection: Connection,
  name: string,
  { target, userAgent, authorization }: PlainGet,
  transport: DeviceTransport,
): DeviceRequest {
  const asked: Writable = { transport, method: 'GET', name, target, source: connection.address }
  if (userAgent !== undefined) asked.userAgent = userAgent
  if (authorization !== undefined) asked.authorization = authorization
  const certificate = transport === 'mtls' ? shown(connection) : undefined
  if (certificate !== undefined) asked.certificate = certificate
  return asked
}

type Writable = { -readonly [Part in keyof DeviceRequest]: DeviceRequest[Part] }

/** What this connection was shown: it is read once, since it stays. */
function shown(connection: Connection): PresentedCertificate | undefined {
  const { socket } = connection
  connection.certificate ??= (socket instanceof TLSSocket ? shownOnSocket(socket) : undefined) ?? 'none'
  return connection.certificate === 'none' ? undefined : connection.certificate
}
