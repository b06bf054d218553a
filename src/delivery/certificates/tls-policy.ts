import { constants } from 'node:crypto'
import type { SecureContextOptions, TlsOptions } from 'node:tls'
import type { Pair } from './leaf.ts'
import type { VendorAuthority } from './vendors.ts'

export type TlsPolicy = 'modern' | 'legacy'

/** Every one gives each connection a key of its own, so that what was recorded cannot be read later. */
const modernCiphers = [
  'TLS_AES_128_GCM_SHA256',
  'TLS_AES_256_GCM_SHA384',
  'TLS_CHACHA20_POLY1305_SHA256',
  'ECDHE-ECDSA-AES128-GCM-SHA256',
  'ECDHE-RSA-AES128-GCM-SHA256',
  'ECDHE-ECDSA-AES256-GCM-SHA384',
  'ECDHE-RSA-AES256-GCM-SHA384',
  'ECDHE-ECDSA-CHACHA20-POLY1305',
  'ECDHE-RSA-CHACHA20-POLY1305',
  // The first firmware that speaks TLS 1.2 knows no GCM.
  'ECDHE-ECDSA-AES128-SHA256',
  'ECDHE-RSA-AES128-SHA256',
  'ECDHE-ECDSA-AES128-SHA',
  'ECDHE-RSA-AES128-SHA',
  'ECDHE-RSA-AES256-SHA',
]

/** The key travels under the server's own, for devices that know no elliptic curves. */
const legacyCiphers = ['AES128-GCM-SHA256', 'AES256-GCM-SHA384', 'AES128-SHA256', 'AES128-SHA', 'AES256-SHA']

/** Which protocols and ciphers a listener takes. */
export function secureContextOptions(policy: TlsPolicy): SecureContextOptions {
  if (policy === 'modern') {
    return { minVersion: 'TLSv1.2', ciphers: modernCiphers.join(':'), honorCipherOrder: true }
  }
  return {
    minVersion: 'TLSv1',
    // OpenSSL calls TLS 1.0 insecure, for its MD5 and SHA-1, and refuses it on any other level.
    ciphers: [...modernCiphers, ...legacyCiphers, '@SECLEVEL=0'].join(':'),
    honorCipherOrder: true,
  }
}

/** To be logged at the start of a listener. */
export function policyWarning(policy: TlsPolicy): string | undefined {
  if (policy === 'modern') return undefined
  return (
    'TLS 1.0 is allowed for old firmware: what devices fetch, SIP passwords too, is protected less than today is usual. ' +
    'Upgrade them, then set BOOTLINE_TLS_POLICY=modern'
  )
}

export interface ListenerTls {
  readonly pairs: readonly Pair[]
  readonly policy: TlsPolicy
  /** The listener asks for client certificates, and says that it takes those under these CAs. */
  readonly vendors?: readonly VendorAuthority[]
}

/** All a listener needs, both to be made and, with `setSecureContext`, to go on with other certificates. */
export function listenerOptions({ pairs, policy, vendors }: ListenerTls): TlsOptions {
  const own = {
    ...secureContextOptions(policy),
    cert: pairs.map(({ cert }) => cert),
    key: pairs.map(({ key }) => key),
  }
  if (!vendors) return own
  return {
    ...own,
    // An empty list is a list: without one, everybody under a public CA would be let in.
    ca: vendors.map(({ pem }) => pem),
    requestCert: true,
    // Old devices hold expired certificates: whether one is good enough is decided per request.
    rejectUnauthorized: false,
    // A ticket holds the client's certificate and costs a quarter of the handshake; devices come too rarely to use one.
    secureOptions: constants.SSL_OP_NO_TICKET,
  }
}
