import { constants } from 'node:crypto'
import type { TlsOptions } from 'node:tls'

export type SecureTransport = 'https' | 'mtls'

/**
 * What a listener needs beyond its certificates, whoever made the options. No HTTP/2 is offered, which some devices
 * would take; the old HTTP is, since a client that names nothing else would be turned away.
 */
export function secureOptions(tls: TlsOptions, transport: SecureTransport): TlsOptions {
  const offered = { ...tls, ALPNProtocols: ['http/1.1', 'http/1.0'] }
  if (transport === 'https') return { ...offered, requestCert: false }
  return {
    ...offered,
    requestCert: true,
    // Whose certificate is good enough is decided per request.
    rejectUnauthorized: false,
    // Without a list of CAs everybody under a public CA would count as a device.
    ca: tls.ca ?? [],
    // A ticket would hold the client's certificate, and costs more than it saves.
    secureOptions: (tls.secureOptions ?? 0) | constants.SSL_OP_NO_TICKET,
  }
}
