import { X509Certificate } from 'node:crypto'
import { CertificateError } from './errors.ts'
import { hostsOf } from './hosts.ts'

export const DAY = 86_400_000

/** A certificate as people look at it. */
export interface CertificateFacts {
  readonly file: string
  readonly subject: string
  readonly issuer: string
  /** Names and addresses it is good for. */
  readonly names: readonly string[]
  /** `RSA 2048`, `EC prime256v1`. */
  readonly key: string
  /** ISO 8601. */
  readonly expires: string
  /** Whole days; negative once it has expired. */
  readonly daysLeft: number
  /** SHA-256, as openssl writes it. */
  readonly fingerprint: string
}

export function factsOf(certificate: X509Certificate, file: string, now: number): CertificateFacts {
  return {
    file,
    subject: oneLine(certificate.subject),
    issuer: oneLine(certificate.issuer),
    names: hostsOf(certificate),
    key: keyName(certificate),
    expires: new Date(expiryOf(certificate)).toISOString(),
    daysLeft: daysLeft(certificate, now),
    fingerprint: certificate.fingerprint256,
  }
}

export function expiryOf(certificate: X509Certificate): number {
  return Date.parse(certificate.validTo)
}

export function startOf(certificate: X509Certificate): number {
  return Date.parse(certificate.validFrom)
}

export function daysLeft(certificate: X509Certificate, now: number): number {
  return Math.floor((expiryOf(certificate) - now) / DAY)
}

/** All certificates of a PEM text, in their order: there is at least one. */
export function certificatesIn(pem: string, file: string): readonly [X509Certificate, ...X509Certificate[]] {
  const blocks =
    pem.match(/-----BEGIN (?:TRUSTED |X509 )?CERTIFICATE-----[^-]+-----END [A-Z0-9 ]+-----/g) ?? []
  try {
    const [first, ...others] = blocks.map((block) => new X509Certificate(block))
    if (first) return [first, ...others]
  } catch (error) {
    throw unreadable(file, 'a certificate in it is damaged', error)
  }
  throw unreadable(file, 'it holds no certificate in PEM')
}

function unreadable(file: string, why: string, cause?: unknown): CertificateError {
  return new CertificateError(
    'certificate-unreadable',
    `${file} is of no use: ${why}`,
    'put a certificate there that begins with -----BEGIN CERTIFICATE-----',
    cause,
  )
}

/** Node writes a name as one line an attribute. */
function oneLine(name: string | undefined): string {
  return (name ?? '').split('\n').filter(Boolean).join(', ')
}

function keyName(certificate: X509Certificate): string {
  const { asymmetricKeyType: type = 'unknown', asymmetricKeyDetails: details } = certificate.publicKey
  return [type.toUpperCase(), details?.modulusLength ?? details?.namedCurve].filter(Boolean).join(' ')
}
