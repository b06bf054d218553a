import forge from 'node-forge'

export interface Issued {
  readonly pem: string
  readonly key: string
  readonly subject: forge.pki.CertificateField[]
  readonly keys: forge.pki.rsa.KeyPair
}

export interface Wanted {
  readonly name: string
  readonly also?: forge.pki.CertificateField[]
  readonly authority?: boolean
  /** Who signs it; absent: itself. */
  readonly by?: Issued
  readonly expired?: boolean
}

let serial = 1
/** Making keys is slow: what is no authority shares one pair. */
const deviceKeys = forge.pki.rsa.generateKeyPair({ bits: 2048 })

/** A certificate as makers put into their devices, under an authority of the test's own. */
export function issue(wanted: Wanted): Issued {
  const keys = wanted.authority ? forge.pki.rsa.generateKeyPair({ bits: 2048 }) : deviceKeys
  const certificate = forge.pki.createCertificate()
  const year = new Date().getUTCFullYear()
  const subject = [{ name: 'commonName', value: wanted.name }, ...(wanted.also ?? [])]
  certificate.publicKey = keys.publicKey
  certificate.serialNumber = (serial++).toString(16).padStart(4, '0')
  certificate.validity.notBefore = new Date(Date.UTC(year - 10, 0, 1))
  certificate.validity.notAfter = new Date(Date.UTC(wanted.expired ? year - 1 : year + 10, 0, 1))
  certificate.setSubject(subject)
  certificate.setIssuer(wanted.by?.subject ?? subject)
  certificate.setExtensions([{ name: 'basicConstraints', cA: wanted.authority === true, critical: true }])
  certificate.sign(wanted.by?.keys.privateKey ?? keys.privateKey, forge.md.sha256.create())
  return {
    pem: forge.pki.certificateToPem(certificate),
    key: forge.pki.privateKeyToPem(keys.privateKey),
    subject,
    keys,
  }
}
