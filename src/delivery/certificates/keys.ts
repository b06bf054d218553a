import { createPrivateKey, generateKeyPair, type KeyObject, type X509Certificate } from 'node:crypto'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { CertificateError } from './errors.ts'
import { readIfThere, writeNew } from './files.ts'

const generate = promisify(generateKeyPair)

export const makeKey = {
  /** Long enough for the ten years of an authority; it is used twice in two years. */
  authority: async (): Promise<KeyObject> => (await generate('rsa', { modulusLength: 3072 })).privateKey,
  /** What every device that speaks TLS can use; a longer one makes each handshake several times as dear. */
  rsa: async (): Promise<KeyObject> => (await generate('rsa', { modulusLength: 2048 })).privateKey,
  ecdsa: async (): Promise<KeyObject> => (await generate('ec', { namedCurve: 'prime256v1' })).privateKey,
}

export function keyIn(pem: string, file: string): KeyObject {
  try {
    return createPrivateKey(pem)
  } catch {
    // The cause is left out: nothing of what stands in a key's file belongs in a log.
    const sealed = pem.includes('ENCRYPTED')
    throw new CertificateError(
      'certificate-unreadable',
      sealed ? `the key ${file} is sealed with a password` : `${file} holds no key in PEM`,
      sealed
        ? `store it unsealed, readable by Bootline alone: openssl pkey -in ${file}`
        : 'put the private key there, beginning with -----BEGIN PRIVATE KEY-----',
    )
  }
}

export async function readKey(folder: string, name: string): Promise<KeyObject | undefined> {
  const file = join(folder, name)
  const pem = await readIfThere(file)
  return pem === undefined ? undefined : keyIn(pem, file)
}

/** The key that stands in the file, a new one where there is none. A key is never replaced. */
export async function ensureKey(
  folder: string,
  name: string,
  make: () => Promise<KeyObject>,
): Promise<KeyObject> {
  const found = await readKey(folder, name)
  if (found) return found
  const pem = pemOf(await make())
  return keyIn(await writeNew(folder, name, pem, 0o600), join(folder, name))
}

export function pemOf(key: KeyObject): string {
  return key.export({ type: 'pkcs8', format: 'pem' }).toString()
}

export function fits(certificate: X509Certificate, key: KeyObject): boolean {
  return certificate.checkPrivateKey(key)
}
