/** Stable codes: programs and translations depend on them. */
export type CertificateErrorCode =
  | 'certificate-unreadable'
  | 'certificate-incomplete'
  | 'certificate-mismatch'
  | 'certificate-expired'
  | 'certificate-expiring'
  | 'certificate-early'
  | 'certificate-names'
  | 'certificate-authority'
  | 'certificate-folder'
  | 'certificate-host'

/** What is wrong with a certificate or its key, and what would be right; neither ever holds a key. */
export class CertificateError extends Error {
  override readonly name = 'CertificateError'
  readonly code: CertificateErrorCode
  readonly remedy: string

  constructor(code: CertificateErrorCode, message: string, remedy: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause })
    this.code = code
    this.remedy = remedy
  }
}
