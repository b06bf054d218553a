import type { X509Certificate } from 'node:crypto'
import { join } from 'node:path'
import { CertificateError } from './errors.ts'
import { certificatesIn, daysLeft, expiryOf, startOf } from './facts.ts'
import { fileNames, readIfThere } from './files.ts'
import { missingHosts } from './hosts.ts'
import { fits, keyIn } from './keys.ts'
import type { Pair } from './leaf.ts'

/** The operator's own pair as it was found. Without a `pair` it was refused, and the faults say why. */
export interface OperatorPair {
  readonly pair?: Pair
  readonly certificate?: X509Certificate
  readonly faults: readonly CertificateError[]
}

const WARNED_WITH_DAYS_LEFT = 14

/** Nothing where the operator has put neither of the two files: then the server's own CA serves. */
export async function readOperatorPair(
  folder: string,
  hosts: readonly string[],
  now: number,
): Promise<OperatorPair | undefined> {
  const certFile = join(folder, fileNames.fullchain)
  const keyFile = join(folder, fileNames.privkey)
  try {
    const [cert, key] = [await readIfThere(certFile), await readIfThere(keyFile)]
    if (cert === undefined && key === undefined) return undefined
    if (cert === undefined) throw incomplete(keyFile, certFile)
    if (key === undefined) throw incomplete(certFile, keyFile)
    const [certificate, ...others] = certificatesIn(cert, certFile)
    const privateKey = keyIn(key, keyFile)
    if (!fits(certificate, privateKey)) {
      const disordered = others.some((other) => fits(other, privateKey))
      throw mismatch(certFile, keyFile, disordered)
    }
    checkDates(certificate, certFile, now)
    return { pair: { cert, key }, certificate, faults: cautions(certificate, certFile, hosts, now) }
  } catch (error) {
    if (error instanceof CertificateError) return { faults: [error] }
    throw error
  }
}

/** What devices should be told to trust when the operator's pair serves: nothing, unless its root is put beside it. */
export async function readOperatorRoot(folder: string): Promise<string | undefined> {
  const file = join(folder, fileNames.root)
  const pem = await readIfThere(file)
  if (pem !== undefined) certificatesIn(pem, file)
  return pem
}

function checkDates(certificate: X509Certificate, file: string, now: number): void {
  if (expiryOf(certificate) < now) {
    throw new CertificateError(
      'certificate-expired',
      `${file} expired on ${day(expiryOf(certificate))}`,
      'renew it where it comes from; it is taken as soon as it is there',
    )
  }
  if (startOf(certificate) > now) {
    throw new CertificateError(
      'certificate-early',
      `${file} is valid only from ${day(startOf(certificate))}`,
      "check this server's clock, or wait until then",
    )
  }
}

/** Worth saying, and no reason to refuse. */
function cautions(
  certificate: X509Certificate,
  file: string,
  hosts: readonly string[],
  now: number,
): readonly CertificateError[] {
  const found: CertificateError[] = []
  const left = daysLeft(certificate, now)
  if (left < WARNED_WITH_DAYS_LEFT) {
    found.push(
      new CertificateError(
        'certificate-expiring',
        `${file} expires on ${day(expiryOf(certificate))}, in ${left} days`,
        'find out why it has not been renewed',
      ),
    )
  }
  const missing = missingHosts(certificate, hosts)
  if (missing.length > 0) {
    found.push(
      new CertificateError(
        'certificate-names',
        `${file} does not name ${missing.join(', ')}, where devices come`,
        'have that name put into it, or set BOOTLINE_PUBLIC_URL to a name that stands in it',
      ),
    )
  }
  return found
}

function incomplete(there: string, missing: string): CertificateError {
  return new CertificateError(
    'certificate-incomplete',
    `${there} is there, ${missing} is not`,
    'put both there: the certificate with its chain, and its private key',
  )
}

function mismatch(certFile: string, keyFile: string, disordered: boolean): CertificateError {
  return new CertificateError(
    'certificate-mismatch',
    `${keyFile} is not the key of the first certificate in ${certFile}`,
    disordered
      ? "put the server's own certificate first in the file, then those that signed it"
      : 'copy both from the same renewal',
  )
}

function day(at: number): string {
  return new Date(at).toISOString().slice(0, 10)
}
