import type { X509Certificate } from 'node:crypto'
import type { TLSSocket } from 'node:tls'
import { parseMac } from '../../domain/mac.ts'
import { expiryOf, startOf } from './facts.ts'
import type { VendorAuthority } from './vendors.ts'

export interface DeviceCertificate {
  /** What its common name says; nothing when that is no address of a device, as in certificates that many share. */
  readonly mac?: string
  /** `expired`: a known maker's, but outside its dates. `stranger`: anybody may have made it. */
  readonly standing: 'genuine' | 'expired' | 'stranger'
  /** The file of the maker's CA. */
  readonly authority?: string
}

/** As many steps as any maker has between a device and its root, and some to spare. */
const LONGEST_CHAIN = 6

/**
 * The certificate a device has shown, judged by our own eyes: `socket.authorized` is of no use here. OpenSSL keeps only
 * the last of several faults, so that a stranger's certificate passes for an expired one, which old phones do hold.
 */
export function deviceCertificate(
  socket: TLSSocket,
  vendors: readonly VendorAuthority[],
  now: number,
): DeviceCertificate | undefined {
  const certificate = socket.getPeerX509Certificate()
  if (!certificate) return undefined
  const mac = macOf(certificate)
  const named = mac === undefined ? {} : { mac }
  const anchor = anchorOf(certificate, presentedWith(certificate), vendors)
  if (!anchor) return { ...named, standing: 'stranger' }
  const current = startOf(certificate) <= now && now <= expiryOf(certificate)
  return { ...named, standing: current ? 'genuine' : 'expired', authority: anchor.file }
}

/** The maker's CA at the end of the chain; an intermediate one will do. */
function anchorOf(
  leaf: X509Certificate,
  presented: readonly X509Certificate[],
  vendors: readonly VendorAuthority[],
): VendorAuthority | undefined {
  let last = leaf
  for (let step = 0; step < LONGEST_CHAIN; step++) {
    const below = last
    const anchor = vendors.find(({ certificate }) => signed(certificate, below))
    if (anchor) return anchor
    const next = presented.find((certificate) => certificate.ca && signed(certificate, below))
    if (!next) return undefined
    last = next
  }
  return undefined
}

function signed(issuer: X509Certificate, certificate: X509Certificate): boolean {
  return certificate.checkIssued(issuer) && certificate.verify(issuer.publicKey)
}

function presentedWith(certificate: X509Certificate): readonly X509Certificate[] {
  const chain: X509Certificate[] = []
  let next = certificate.issuerCertificate
  while (next && chain.length < LONGEST_CHAIN) {
    chain.push(next)
    next = next.issuerCertificate
  }
  return chain
}

/** One common name, in any writing of an address; a subject with two of them says nothing. */
function macOf(certificate: X509Certificate): string | undefined {
  const [name, ...others] = certificate.subject.split('\n').filter((line) => line.startsWith('CN='))
  if (name === undefined || others.length > 0) return undefined
  const reading = parseMac(name.slice('CN='.length), 'CN')
  return 'mac' in reading ? reading.mac : undefined
}
