import { X509Certificate } from 'node:crypto'
import { parseMac } from '../../domain/mac.ts'
import type { PresentedCertificate } from '../plane.ts'

export type CertificateResult = 'none' | 'fits' | 'other'

/** Devices keep their factory certificate for life, also beyond its date: whether that is borne is a decision. */
export interface CertificatePolicy {
  readonly expired: 'refused' | 'accepted'
}

export const usualCertificatePolicy: CertificatePolicy = { expired: 'refused' }

export type CertificateFault = 'other-authority' | 'expired' | 'check-failed' | 'no-mac'

/** What a certificate proves, found out once a connection: a MAC, or why it proves nothing. */
export type CertificateFacts =
  | { readonly shown: false }
  | { readonly shown: true; readonly mac: string }
  | { readonly shown: true; readonly fault: CertificateFault }

export const noCertificate: CertificateFacts = { shown: false }

/** The part of a TLS socket that tells of the peer's certificate. */
export interface PeerSocket {
  getPeerX509Certificate(): X509Certificate | undefined
  readonly authorized: boolean
  readonly authorizationError: Error | string | null | undefined
}

export function shownOnSocket(socket: PeerSocket): PresentedCertificate | undefined {
  const certificate = socket.getPeerX509Certificate()
  if (!certificate) return undefined
  const error = socket.authorizationError
  const code = error instanceof Error && 'code' in error ? error.code : error
  return {
    certificate,
    check: socket.authorized ? 'passed' : code === 'CERT_HAS_EXPIRED' ? 'expired' : 'failed',
  }
}

/** The certificate a trusted proxy was shown; `undefined` when its text is none. */
export function shownToProxy(proxied: {
  pem: string
  verification: string
}): PresentedCertificate | undefined {
  const { pem, verification } = proxied
  const expired = verification === 'FAILED:certificate has expired'
  try {
    const certificate = new X509Certificate(pem)
    return { certificate, check: verification === 'SUCCESS' ? 'passed' : expired ? 'expired' : 'failed' }
  } catch {
    return undefined
  }
}

/**
 * The chain is walked here again although TLS checked it: TLS names only the last fault it met, so that "expired" may
 * hide that nobody trusted signed the certificate, and a proxy may trust more authorities than ours.
 */
export function examineCertificate(
  shown: PresentedCertificate | undefined,
  authorities: readonly X509Certificate[],
  policy: CertificatePolicy,
  now: number,
): CertificateFacts {
  if (!shown) return noCertificate
  const chain = chainTo(authorities, shown.certificate)
  if (!chain) return { shown: true, fault: 'other-authority' }
  if (shown.check === 'failed' || chain.some((each) => now < Date.parse(each.validFrom))) {
    return { shown: true, fault: 'check-failed' }
  }
  const expired = shown.check === 'expired' || chain.some((each) => now > Date.parse(each.validTo))
  if (expired && policy.expired === 'refused') return { shown: true, fault: 'expired' }
  const mac = commonNameMac(shown.certificate)
  return mac === undefined ? { shown: true, fault: 'no-mac' } : { shown: true, mac }
}

/** Whether the certificate is this device's, and if not, why. */
export function judgeCertificate(
  facts: CertificateFacts,
  mac: string,
): { readonly result: CertificateResult; readonly why?: CertificateFault | 'other-mac' } {
  if (!facts.shown) return { result: 'none' }
  if ('fault' in facts) return { result: 'other', why: facts.fault }
  return facts.mac === mac ? { result: 'fits' } : { result: 'other', why: 'other-mac' }
}

/** Vendors have at most a root, a policy and an issuing authority above a device. */
const longestChain = 5

/** The certificate and those between it and a loaded authority, if its signatures lead to one. */
function chainTo(
  authorities: readonly X509Certificate[],
  leaf: X509Certificate,
): readonly X509Certificate[] | undefined {
  const chain = [leaf]
  for (let current = leaf; chain.length <= longestChain; ) {
    const below = current
    if (authorities.some((authority) => signed(authority, below))) return chain
    const next = below.issuerCertificate
    if (!next?.ca || !signed(next, below) || next.fingerprint256 === below.fingerprint256) return undefined
    chain.push(next)
    current = next
  }
  return undefined
}

function signed(authority: X509Certificate, certificate: X509Certificate): boolean {
  return certificate.checkIssued(authority) && certificate.verify(authority.publicKey)
}

/** The common name is the MAC, in any case, with or without separators; a subject with two names has none. */
function commonNameMac(certificate: X509Certificate): string | undefined {
  const names = certificate.subject.split('\n').filter((line) => line.startsWith('CN='))
  if (names.length !== 1) return undefined
  const read = parseMac(names[0]?.slice(3) ?? '', 'certificate')
  return 'mac' in read ? read.mac : undefined
}
