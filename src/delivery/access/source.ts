import type { DeviceTransport } from '../plane.ts'
import { canonicalAddress, isWithin } from './address.ts'

/** What a proxy says of the certificate it was shown. */
export interface ProxiedCertificate {
  readonly pem: string
  /** The proxy's own word: `SUCCESS`, or why it did not hold. */
  readonly verification: string
}

export interface Source {
  /** The client's address, canonical. */
  readonly address: string
  readonly transport: DeviceTransport
  /** A proxy brought the request: the certificate of this connection, if any, is the proxy's own and proves nothing. */
  readonly viaProxy: boolean
  readonly certificate?: ProxiedCertificate
}

export type Headers = Readonly<Record<string, string | readonly string[] | undefined>>

/** The headers that a proxy in front of Bootline has to set itself on every request, over whatever a client sent. */
export const proxyHeaders = {
  address: 'x-forwarded-for',
  protocol: 'x-forwarded-proto',
  certificate: 'x-client-cert',
  verification: 'x-client-verify',
} as const

/** An address nobody has: what cannot be told is never mistaken for a client that was admitted. */
const nobody = '0.0.0.0'

/**
 * Who is asking. Headers that tell of a client are believed only when the peer is a trusted proxy; anybody else writing
 * them is taken at the address the packets come from.
 */
export function sourceOf(
  peer: string | undefined,
  listener: DeviceTransport,
  headers: Headers,
  trusted: readonly string[],
): Source {
  const direct = canonicalAddress(peer ?? '') ?? nobody
  const said = Object.values(proxyHeaders).some((name) => headers[name] !== undefined)
  if (!said || !isWithin(direct, trusted)) return { address: direct, transport: listener, viaProxy: false }
  const address = forwardedFor(direct, one(headers[proxyHeaders.address]), trusted)
  const certificate = proxiedCertificate(headers)
  const overTls = one(headers[proxyHeaders.protocol])?.trim().toLowerCase() === 'https'
  const transport = certificate ? 'mtls' : overTls ? 'https' : 'http'
  return { address, transport, viaProxy: true, ...(certificate ? { certificate } : {}) }
}

/**
 * Each proxy adds the address it was asked from on the right, so that what a client invented is on the left: the first
 * untrusted address from the right is the client. What cannot be read ends the search at the last proxy that could.
 */
function forwardedFor(peer: string, header: string | undefined, trusted: readonly string[]): string {
  let address = peer
  for (const hop of (header ?? '').split(',').reverse()) {
    const before = canonicalAddress(withoutPort(hop.trim()))
    if (before === undefined) break
    address = before
    if (!isWithin(address, trusted)) break
  }
  return address
}

/** `192.0.2.1:4711` and `[2001:db8::1]:4711`, as some proxies write a hop. */
function withoutPort(hop: string): string {
  return /^\[(.+)\](?::\d+)?$/.exec(hop)?.[1] ?? /^(\d+(?:\.\d+){3}):\d+$/.exec(hop)?.[1] ?? hop
}

/** A PEM with its line ends percent-encoded, as nginx writes `$ssl_client_escaped_cert`. */
function proxiedCertificate(headers: Headers): ProxiedCertificate | undefined {
  const escaped = single(headers[proxyHeaders.certificate])
  const verification = single(headers[proxyHeaders.verification])
  if (!escaped || !verification || verification === 'NONE') return undefined
  try {
    return { pem: decodeURIComponent(escaped), verification }
  } catch {
    return undefined
  }
}

/** Several headers of one name are one list. */
function one(header: string | readonly string[] | undefined): string | undefined {
  return typeof header === 'string' || header === undefined ? header : header.join(',')
}

/** A header that must not be a list: two values would let a client's own stand beside the proxy's. */
function single(header: string | readonly string[] | undefined): string | undefined {
  if (typeof header === 'string' || header === undefined) return header
  return header.length === 1 ? header[0] : undefined
}
