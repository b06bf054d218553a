import type { X509Certificate } from 'node:crypto'
import { join } from 'node:path'
import { ensureAuthority, type Renewal, readAuthority } from './authority.ts'
import { CertificateError } from './errors.ts'
import { type CertificateFacts, factsOf } from './facts.ts'
import { fileNames } from './files.ts'
import { missingHosts } from './hosts.ts'
import { ensureLeaf, kinds, type Pair } from './leaf.ts'
import { readOperatorPair, readOperatorRoot } from './operator.ts'

/** What the listeners serve with, and what devices should trust. */
export interface ServerCertificates {
  readonly source: 'own-ca' | 'operator'
  /** Of different kinds of keys: each client gets the one that fits it. */
  readonly pairs: readonly Pair[]
  /** What to give to devices that can take a CA; nothing where they know it already. */
  readonly caPem?: string
  readonly expiries: readonly CertificateFacts[]
  /** To be said loudly; what stands here did not keep the pairs above from serving. */
  readonly faults: readonly CertificateError[]
  /** The names of the files that were made. */
  readonly made: readonly string[]
}

export interface CertificatePlace {
  readonly folder: string
  /** What devices call this server: names and addresses. */
  readonly hosts: readonly string[]
  readonly now: number
}

export interface ServerPlace extends CertificatePlace {
  /** False where no listener speaks TLS: then what is not there is not made either. */
  readonly served?: boolean
}

/**
 * The operator's own pair where there is one; otherwise the server's own CA and two pairs under it, made or renewed as it
 * needs be. A pair of the operator's that cannot serve is refused and named, and what served before goes on: `former`, or
 * after a start the own CA.
 */
export async function loadServerCertificates(
  place: ServerPlace,
  former?: ServerCertificates,
): Promise<ServerCertificates> {
  const operator = await readOperatorPair(place.folder, place.hosts, place.now)
  if (!operator) return ownIfNeeded(place)
  const root = await rootOrFault(place.folder)
  const faults = [...operator.faults, ...root.faults]
  // Devices keep being told the same: a refused pair must not give a whole fleet new files.
  const trust = root.pem === undefined ? {} : { caPem: root.pem }
  if (operator.pair && operator.certificate) {
    const expiries = [factsOf(operator.certificate, fileNames.fullchain, place.now)]
    return { source: 'operator', pairs: [operator.pair], ...trust, expiries, faults, made: [] }
  }
  if (former?.source === 'operator') return { ...former, ...trust, faults, made: [] }
  const own = await ownIfNeeded(place)
  const { source, pairs, expiries, made } = own
  return { source, pairs, ...trust, expiries, faults: [...faults, ...own.faults], made }
}

/** A key takes seconds to make. A CA that is there goes on being told to devices, whoever listens. */
async function ownIfNeeded(place: ServerPlace): Promise<ServerCertificates> {
  if (place.served === false && !(await readAuthority(place.folder))) {
    return { source: 'own-ca', pairs: [], expiries: [], faults: [], made: [] }
  }
  return ownCertificates({ ...place, renewal: 'due' })
}

interface Served {
  readonly file: string
  readonly certificate: X509Certificate
  readonly made: boolean
  readonly overdue?: CertificateError
}

/** The server's own CA and its pairs. */
export async function ownCertificates(
  place: CertificatePlace & { readonly renewal: Renewal },
): Promise<ServerCertificates> {
  const authority = await ensureAuthority(place.folder, place.now, place.renewal)
  const rsa = await ensureLeaf('rsa', authority, place)
  const ecdsa = await ensureLeaf('ecdsa', authority, place)
  const all: readonly Served[] = [
    { file: fileNames.ca, ...authority },
    { file: kinds.rsa.certificate, ...rsa },
    { file: kinds.ecdsa.certificate, ...ecdsa },
  ]
  return {
    source: 'own-ca',
    pairs: [rsa.pair, ecdsa.pair],
    caPem: authority.pem,
    expiries: all.map(({ file, certificate }) => factsOf(certificate, file, place.now)),
    faults: all.slice(1).flatMap((leaf) => leafFaults(leaf, place)),
    made: all.filter(({ made }) => made).map(({ file }) => file),
  }
}

function leafFaults(leaf: Served, { folder, hosts }: CertificatePlace): readonly CertificateError[] {
  if (leaf.overdue) return [leaf.overdue]
  const missing = missingHosts(leaf.certificate, hosts)
  if (missing.length === 0) return []
  return [
    new CertificateError(
      'certificate-names',
      `${join(folder, leaf.file)} does not name ${missing.join(', ')}`,
      'bootline certs make --renew makes it anew with these names too',
    ),
  ]
}

async function rootOrFault(
  folder: string,
): Promise<{ pem: string | undefined; faults: readonly CertificateError[] }> {
  try {
    return { pem: await readOperatorRoot(folder), faults: [] }
  } catch (error) {
    if (error instanceof CertificateError) return { pem: undefined, faults: [error] }
    throw error
  }
}
