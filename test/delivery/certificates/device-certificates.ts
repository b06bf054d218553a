import { generateKeyPairSync, type KeyObject, randomBytes } from 'node:crypto'
import forge from 'node-forge'

/** A maker's CA as it could stand in certs/vendors/; its key stays in the test. */
export interface TestAuthority {
  readonly pem: string
  readonly key: string
}

export interface TestCertificate {
  readonly cert: string
  readonly key: string
}

const DAY = 86_400_000

/** A CA of its own, or one between `parent` and devices. */
export function makeTestAuthority(name: string, parent?: TestAuthority): TestAuthority {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const key = pem(privateKey)
  const cert = made(name, pem(publicKey), parent ?? { key }, {
    from: Date.now() - 30 * DAY,
    until: Date.now() + 3650 * DAY,
    extensions: [
      { name: 'basicConstraints', critical: true, cA: true },
      { name: 'keyUsage', critical: true, keyCertSign: true, cRLSign: true },
    ],
  })
  return { pem: cert, key }
}

export interface TestDevice {
  /** The MAC in any writing for a right one; anything else for a wrong one. */
  readonly cn: string
  readonly expired?: boolean
}

/** All devices of a test share one key: making one is slow, and nothing looks at whose it is. */
let deviceKeys: { readonly privateKey: KeyObject; readonly publicKey: KeyObject } | undefined

/** The certificate a maker puts into a device. Without a CA it is one that anybody makes at home. */
export function makeTestDeviceCertificate(
  ca: TestAuthority | undefined,
  device: TestDevice,
): TestCertificate {
  deviceKeys ??= generateKeyPairSync('rsa', { modulusLength: 2048 })
  const { privateKey, publicKey } = deviceKeys
  const key = pem(privateKey)
  const cert = made(device.cn, pem(publicKey), ca ?? { key }, {
    from: Date.now() - 20 * DAY,
    until: Date.now() + (device.expired ? -DAY : 365 * DAY),
    extensions: [
      { name: 'basicConstraints', cA: false },
      { name: 'keyUsage', digitalSignature: true, keyEncipherment: true },
      { name: 'extKeyUsage', clientAuth: true },
    ],
  })
  return { cert, key }
}

interface Shape {
  readonly from: number
  readonly until: number
  readonly extensions: object[]
}

/** Signed by node-forge from end to end, which Bootline's own certificates are not. */
function made(
  name: string,
  publicKey: string,
  by: { pem?: string; key: string },
  { from, until, extensions }: Shape,
): string {
  const certificate = forge.pki.createCertificate()
  certificate.publicKey = forge.pki.publicKeyFromPem(publicKey)
  certificate.serialNumber = `40${randomBytes(12).toString('hex')}`
  certificate.validity.notBefore = new Date(from)
  certificate.validity.notAfter = new Date(until)
  certificate.setSubject([
    { name: 'organizationName', value: 'Maker Inc.' },
    { name: 'commonName', value: name },
  ])
  const issuer = by.pem === undefined ? certificate : forge.pki.certificateFromPem(by.pem)
  certificate.setIssuer(issuer.subject.attributes)
  certificate.setExtensions(extensions)
  certificate.sign(forge.pki.privateKeyFromPem(by.key), forge.md.sha256.create())
  return forge.pki.certificateToPem(certificate)
}

function pem(key: KeyObject): string {
  return key
    .export(key.type === 'private' ? { type: 'pkcs8', format: 'pem' } : { type: 'spki', format: 'pem' })
    .toString()
}
