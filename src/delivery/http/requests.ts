import { TLSSocket } from 'node:tls'
import { shownOnSocket, shownToProxy } from '../access/certificate.ts'
import { sourceOf } from '../access/source.ts'
import type { DeviceRequest, DeviceTransport, PresentedCertificate } from '../plane.ts'
import type { Exchange } from './exchange.ts'

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
      ? shown(exchange)
      : undefined
  const asked: { -readonly [Part in keyof DeviceRequest]: DeviceRequest[Part] } = {
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

/** What this connection was shown: it is read once, since it stays. */
function shown({ connection }: Exchange): PresentedCertificate | undefined {
  const { socket } = connection
  connection.certificate ??= (socket instanceof TLSSocket ? shownOnSocket(socket) : undefined) ?? 'none'
  return connection.certificate === 'none' ? undefined : connection.certificate
}
