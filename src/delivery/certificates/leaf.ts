import { createPublicKey, type KeyObject, type X509Certificate } from 'node:crypto'
import { join } from 'node:path'
import type { Authority, Renewal } from './authority.ts'
import { CertificateError } from './errors.ts'
import { certificatesIn, DAY, daysLeft } from './facts.ts'
import { fileNames, readIfThere, replace, writeNew } from './files.ts'
import { hostsOf, missingHosts } from './hosts.ts'
import { issue } from './issue.ts'
import { ensureKey, fits, makeKey, pemOf } from './keys.ts'

/** A certificate with those between it and its root, and its key, as node:tls takes them. */
export interface Pair {
  readonly cert: string
  readonly key: string
}

/** RSA for old devices, ECDSA beside it for the others: it halves the cost of a handshake. */
export const kinds = {
  rsa: { certificate: fileNames.rsa, key: fileNames.rsaKey, make: makeKey.rsa },
  ecdsa: { certificate: fileNames.ecdsa, key: fileNames.ecdsaKey, make: makeKey.ecdsa },
} as const

export type Kind = keyof typeof kinds

const LIFE_DAYS = 825
const RENEWED_WITH_DAYS_LEFT = 30

export interface Leaf {
  readonly pair: Pair
  readonly certificate: X509Certificate
  readonly made: boolean
  /** Its time has come, but the CA's key is not there to sign a new one. */
  readonly overdue?: CertificateError
}

export interface LeafWish {
  readonly folder: string
  readonly hosts: readonly string[]
  readonly now: number
  readonly renewal: Renewal
}

/** One server certificate under the CA: made where there is none, renewed with the same key and all its names. */
export async function ensureLeaf(kind: Kind, authority: Authority, wish: LeafWish): Promise<Leaf> {
  const { folder, hosts, now, renewal } = wish
  const names = kinds[kind]
  const file = join(folder, names.certificate)
  const key = await ensureKey(folder, names.key, names.make)
  const found = await readIfThere(file)
  const former = found === undefined ? undefined : usable(found, file, key, authority, now)
  const reason = !former ? 'it cannot be used' : whyRenew(former, hosts, now, renewal)
  if (found !== undefined && (reason === undefined || renewal === 'missing')) {
    const [certificate] = certificatesIn(found, file)
    return { pair: { cert: found, key: pemOf(key) }, certificate, made: false }
  }
  if (!authority.key) {
    const overdue = keyGone(join(folder, fileNames.caKey), file, reason)
    if (!former || found === undefined) throw overdue
    return { pair: { cert: found, key: pemOf(key) }, certificate: former, made: false, overdue }
  }
  const all = [...new Set([...hosts, ...(former ? hostsOf(former) : [])])]
  const pem = issue(
    {
      commonName: all.find((host) => host.length <= 64) ?? 'Bootline',
      publicKey: createPublicKey(key),
      from: now - DAY,
      until: now + (LIFE_DAYS - 1) * DAY,
      purpose: { hosts: all },
    },
    { key: authority.key, certificatePem: authority.pem },
  )
  if (found === undefined) await writeNew(folder, names.certificate, pem, 0o644)
  else await replace(folder, names.certificate, pem, 0o644)
  const written = (await readIfThere(file)) ?? pem
  const [certificate] = certificatesIn(written, file)
  return { pair: { cert: written, key: pemOf(key) }, certificate, made: true }
}

/** Why a certificate that is in order should be made anew; nothing when it should not. */
export function whyRenew(
  certificate: X509Certificate,
  hosts: readonly string[],
  now: number,
  renewal: Renewal,
): string | undefined {
  const missing = missingHosts(certificate, hosts)
  if (renewal === 'missing') return undefined
  if (renewal === 'all') return 'it was asked for'
  if (missing.length > 0) return `it does not name ${missing.join(', ')}`
  return daysLeft(certificate, now) < RENEWED_WITH_DAYS_LEFT ? 'it expires soon' : undefined
}

/** The certificate, where it is the key's, the CA's and not expired: only then is it worth being kept. */
function usable(
  pem: string,
  file: string,
  key: KeyObject,
  authority: Authority,
  now: number,
): X509Certificate | undefined {
  try {
    const [certificate] = certificatesIn(pem, file)
    const { publicKey } = authority.certificate
    const good = fits(certificate, key) && certificate.verify(publicKey) && daysLeft(certificate, now) >= 0
    return good ? certificate : undefined
  } catch {
    return undefined
  }
}

function keyGone(keyFile: string, file: string, reason: string | undefined): CertificateError {
  return new CertificateError(
    'certificate-authority',
    `${file} has to be made anew (${reason ?? 'it is missing'}), but the CA's key ${keyFile} is gone`,
    "put the key back for the renewal, or use an own pair: devices trust this CA's certificate only",
  )
}
