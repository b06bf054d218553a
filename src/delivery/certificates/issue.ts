import { createHash, type KeyObject, randomBytes, sign } from 'node:crypto'
import { isIP } from 'node:net'
import forge from 'node-forge'

/** What signs: a key of RSA, and its certificate unless it signs its own. */
export interface Signer {
  readonly key: KeyObject
  readonly certificatePem?: string
}

export interface Wanted {
  readonly commonName: string
  readonly publicKey: KeyObject
  readonly from: number
  readonly until: number
  /** What it may be used for: to sign others, or to serve under these names. */
  readonly purpose: 'authority' | { readonly hosts: readonly string[] }
}

const { asn1 } = forge
const SHA256_WITH_RSA = '1.2.840.113549.1.1.11'

/**
 * Signs a certificate for a key of any kind. node-forge knows keys of RSA only, and signs slowly: it lays the certificate
 * out around a stand-in, the real key takes its place, and node:crypto signs.
 */
export function issue(wanted: Wanted, signer: Signer): string {
  const spki = wanted.publicKey.export({ type: 'spki', format: 'der' })
  const draft = forge.pki.createCertificate()
  draft.publicKey = forge.pki.setRsaPublicKey(new forge.jsbn.BigInteger('3'), new forge.jsbn.BigInteger('3'))
  draft.serialNumber = serialNumber()
  draft.validity.notBefore = new Date(wanted.from)
  draft.validity.notAfter = new Date(wanted.until)
  draft.setSubject(named(wanted.commonName))
  const issuer = signer.certificatePem ? forge.pki.certificateFromPem(signer.certificatePem) : undefined
  draft.setIssuer(issuer?.subject.attributes ?? draft.subject.attributes)
  draft.setExtensions([...extensions(wanted), subjectKeyIdentifier(spki), ...authorityKeyIdentifier(issuer)])
  draft.signatureOid = draft.siginfo.algorithmOid = SHA256_WITH_RSA
  draft.signature = ''

  const whole = forge.pki.certificateToAsn1(draft)
  const [body, , signature] = parts(whole)
  // Version, serial number, algorithm, issuer, dates, subject, and then the key.
  parts(body)[6] = asn1.fromDer(forge.util.createBuffer(spki.toString('binary')))
  const toSign = Buffer.from(asn1.toDer(body).getBytes(), 'binary')
  // A bit string tells first how many bits of its last byte do not count: none.
  signature.value = `\0${sign('sha256', toSign, signer.key).toString('binary')}`
  return forge.pem
    .encode({ type: 'CERTIFICATE', body: asn1.toDer(whole).getBytes() })
    .replaceAll('\r\n', '\n')
}

/** The identifier of a key that stands in its certificate, in hex. */
export function keyIdentifier(spki: Buffer): string {
  return createHash('sha1').update(spki).digest('hex')
}

function parts(
  node: forge.asn1.Asn1,
): [forge.asn1.Asn1, forge.asn1.Asn1, forge.asn1.Asn1, ...forge.asn1.Asn1[]] {
  return node.value as [forge.asn1.Asn1, forge.asn1.Asn1, forge.asn1.Asn1, ...forge.asn1.Asn1[]]
}

/** Positive, and never short enough to be guessed or to begin with a byte of zero. */
function serialNumber(): string {
  const bytes = randomBytes(16)
  bytes[0] = 0x40 | ((bytes[0] ?? 0) & 0x3f)
  return bytes.toString('hex')
}

function named(commonName: string): forge.pki.CertificateField[] {
  const text = forge.asn1.Type.UTF8 as unknown as forge.asn1.Class
  return [
    { name: 'organizationName', value: 'Bootline', valueTagClass: text },
    { name: 'commonName', value: commonName, valueTagClass: text },
  ]
}

function extensions({ purpose, publicKey }: Wanted): object[] {
  if (purpose === 'authority') {
    return [
      { name: 'basicConstraints', critical: true, cA: true, pathLenConstraint: 0 },
      { name: 'keyUsage', critical: true, keyCertSign: true, cRLSign: true },
    ]
  }
  const keyEncipherment = publicKey.asymmetricKeyType === 'rsa'
  const altNames = purpose.hosts.map((host) =>
    isIP(host) ? { type: 7, ip: host } : { type: 2, value: host },
  )
  return [
    { name: 'basicConstraints', critical: true, cA: false },
    { name: 'keyUsage', critical: true, digitalSignature: true, keyEncipherment },
    { name: 'extKeyUsage', serverAuth: true },
    { name: 'subjectAltName', altNames },
  ]
}

function subjectKeyIdentifier(spki: Buffer): object {
  const octets = Buffer.from(keyIdentifier(spki), 'hex').toString('binary')
  const value = asn1.create(asn1.Class.UNIVERSAL, asn1.Type.OCTETSTRING, false, octets)
  return { name: 'subjectKeyIdentifier', value }
}

function authorityKeyIdentifier(issuer: forge.pki.Certificate | undefined): object[] {
  const extension: object = issuer?.getExtension('subjectKeyIdentifier') ?? {}
  if (!('subjectKeyIdentifier' in extension)) return []
  const keyIdentifier = Buffer.from(String(extension.subjectKeyIdentifier), 'hex').toString('binary')
  return [{ name: 'authorityKeyIdentifier', keyIdentifier }]
}
