import { join } from 'node:path'
import { CertificateError } from './errors.ts'
import { type CertificateFacts, certificatesIn, factsOf } from './facts.ts'
import { fileNames, readIfThere } from './files.ts'
import { readOperatorPair } from './operator.ts'
import type { CertificatePlace } from './server-certificates.ts'
import { vendorAuthorities } from './vendors.ts'

export interface Inspection {
  /** What a server that starts now would serve with; `nothing-yet`: it would make its own. */
  readonly source: 'operator' | 'own-ca' | 'nothing-yet'
  readonly certificates: readonly CertificateFacts[]
  readonly vendors: readonly CertificateFacts[]
  readonly faults: readonly CertificateError[]
}

const shown = [fileNames.fullchain, fileNames.root, fileNames.ca, fileNames.rsa, fileNames.ecdsa]

/** Looks at all certificates there are and changes nothing. */
export async function inspectCertificates({ folder, hosts, now }: CertificatePlace): Promise<Inspection> {
  const operator = await readOperatorPair(folder, hosts, now)
  const vendors = await vendorAuthorities(folder)
  const certificates: CertificateFacts[] = []
  const faults: CertificateError[] = [...(operator?.faults ?? []), ...vendors.faults]
  for (const name of shown) {
    const file = join(folder, name)
    const pem = await readIfThere(file)
    try {
      if (pem !== undefined) certificates.push(factsOf(certificatesIn(pem, file)[0], name, now))
    } catch (error) {
      if (!(error instanceof CertificateError)) throw error
      // The operator's pair has been judged above already.
      if (name !== fileNames.fullchain) faults.push(error)
    }
  }
  const own = certificates.some(({ file }) => file === fileNames.ca)
  return {
    source: operator?.pair ? 'operator' : own ? 'own-ca' : 'nothing-yet',
    certificates,
    vendors: vendors.authorities.map(({ certificate, file }) => factsOf(certificate, file, now)),
    faults,
  }
}

/** What devices are to trust, as it stands in the folder: the operator's root, or else the own CA. */
export async function trustedPem({ folder, hosts, now }: CertificatePlace): Promise<string | undefined> {
  const operator = await readOperatorPair(folder, hosts, now)
  return readIfThere(join(folder, operator ? fileNames.root : fileNames.ca))
}
