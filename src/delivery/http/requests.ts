import type { Socket } from 'node:net'
import { TLSSocket } from 'node:tls'
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
    ? told(from.certificate)
    : listener === 'mtls'
      ? shown(exchange)
      : undefined
  return {
    transport: from?.transport ?? listener,
    method,
    name,
    target: url,
    source: from?.address ?? connection.address,
    ...(headers['user-agent'] === undefined ? {} : { userAgent: headers['user-agent'] }),
    ...(headers.authorization === undefined ? {} : { authorization: headers.authorization }),
    ...(certificate === undefined ? {} : { certificate }),
  }
}

/** What a proxy says it was shown. */
function told(said: { pem: string; verification: string } | undefined): PresentedCertificate | undefined {
  if (said === undefined) return undefined
  const { pem, verification } = said
  return verification === 'SUCCESS' ? { pem, trusted: true } : { pem, trusted: false, error: verification }
}

/** What this connection was shown: it is read once, since it stays. */
function shown({ connection }: Exchange): PresentedCertificate | undefined {
  connection.certificate ??= presented(connection.socket) ?? 'none'
  return connection.certificate === 'none' ? undefined : connection.certificate
}

function presented(socket: Socket): PresentedCertificate | undefined {
  if (!(socket instanceof TLSSocket)) return undefined
  const certificate = socket.getPeerX509Certificate()
  if (certificate === undefined) return undefined
  const pem = certificate.toString()
  if (socket.authorized) return { pem, trusted: true }
  return { pem, trusted: false, error: String(socket.authorizationError) }
}
