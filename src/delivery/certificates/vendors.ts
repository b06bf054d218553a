import type { X509Certificate } from 'node:crypto'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { errorCode } from '../../store/files.ts'
import { CertificateError } from './errors.ts'
import { certificatesIn, factsOf } from './facts.ts'
import { fileNames, readIfThere } from './files.ts'

/** A maker's CA: a device that shows a certificate under it is one of that maker's. */
export interface VendorAuthority {
  readonly file: string
  readonly pem: string
  readonly certificate: X509Certificate
  readonly subject: string
  /** ISO 8601. */
  readonly expiry: string
}

export interface VendorAuthorities {
  readonly authorities: readonly VendorAuthority[]
  /** Files that are left out; the others count all the same. */
  readonly faults: readonly CertificateError[]
}

/** Reads vendors/*.pem in the folder of the certificates; a file may hold several. */
export async function vendorAuthorities(folder: string): Promise<VendorAuthorities> {
  const vendors = join(folder, fileNames.vendors)
  const authorities: VendorAuthority[] = []
  const faults: CertificateError[] = []
  for (const name of await pemFiles(vendors)) {
    try {
      authorities.push(...(await authoritiesIn(vendors, name)))
    } catch (error) {
      if (!(error instanceof CertificateError)) throw error
      faults.push(error)
    }
  }
  return { authorities, faults }
}

async function authoritiesIn(folder: string, name: string): Promise<readonly VendorAuthority[]> {
  const file = join(folder, name)
  const certificates = certificatesIn((await readIfThere(file)) ?? '', file)
  const stray = certificates.find((certificate) => !mayAnchor(certificate))
  if (stray) {
    throw new CertificateError(
      'certificate-authority',
      `${file} holds a certificate that is no CA's: ${factsOf(stray, file, 0).subject}`,
      "put the maker's CA there, not a device's certificate",
    )
  }
  return certificates.map((certificate) => {
    const { subject, expires: expiry } = factsOf(certificate, file, 0)
    return { file: join(fileNames.vendors, name), pem: certificate.toString(), certificate, subject, expiry }
  })
}

/** Roots of the first version of X.509 do not say that they are CAs; they sign themselves. */
function mayAnchor(certificate: X509Certificate): boolean {
  return certificate.ca || (certificate.checkIssued(certificate) && certificate.verify(certificate.publicKey))
}

async function pemFiles(folder: string): Promise<readonly string[]> {
  try {
    return (await readdir(folder)).filter((name) => name.endsWith('.pem')).sort()
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return []
    throw new CertificateError(
      'certificate-folder',
      `${folder} cannot be read (${errorCode(error) ?? 'unknown'})`,
      'let the user that Bootline runs as read it',
      error,
    )
  }
}
