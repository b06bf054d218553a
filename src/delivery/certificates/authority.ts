import { createPublicKey, type KeyObject, type X509Certificate } from 'node:crypto'
import { join } from 'node:path'
import { CertificateError } from './errors.ts'
import { certificatesIn, DAY, daysLeft } from './facts.ts'
import { fileNames, readIfThere, replace, writeNew } from './files.ts'
import { issue, keyIdentifier } from './issue.ts'
import { ensureKey, fits, makeKey, readKey } from './keys.ts'

/** The CA of this server, which devices are told to trust. */
export interface Authority {
  readonly pem: string
  readonly certificate: X509Certificate
  /** Absent where its file was taken away: then nothing can be signed any more. */
  readonly key: KeyObject | undefined
}

/** When something that is there is made anew: never, when its time has come, or at once. */
export type Renewal = 'missing' | 'due' | 'all'

const LIFE_DAYS = 3653
/** More than a server certificate lives, so that none is signed that outlives its CA. */
const RENEWED_WITH_DAYS_LEFT = 3 * 365

export async function readAuthority(folder: string): Promise<Authority | undefined> {
  const file = join(folder, fileNames.ca)
  const pem = await readIfThere(file)
  if (pem === undefined) return undefined
  const key = await readKey(folder, fileNames.caKey)
  const [certificate] = certificatesIn(pem, file)
  if (!key || (fits(certificate, key) && key.asymmetricKeyType === 'rsa')) return { pem, certificate, key }
  throw new CertificateError(
    'certificate-authority',
    `${file} and ${fileNames.caKey} beside it are not a pair of RSA`,
    'put back the two that belong together; devices trust the certificate they were given',
  )
}

/**
 * The CA, made where there is none. Renewed it keeps its name and its key: a device that holds the former certificate goes
 * on trusting what this key signs until that one expires, and has years to fetch the new one.
 */
export async function ensureAuthority(
  folder: string,
  now: number,
  renewal: Renewal,
): Promise<Authority & { readonly made: boolean }> {
  const found = await readAuthority(folder)
  if (found) {
    const due = renewal !== 'missing' && daysLeft(found.certificate, now) < RENEWED_WITH_DAYS_LEFT
    if (!due || !found.key) return { ...found, made: false }
  }
  const key = found?.key ?? (await ensureKey(folder, fileNames.caKey, makeKey.authority))
  const publicKey = createPublicKey(key)
  const mark = keyIdentifier(publicKey.export({ type: 'spki', format: 'der' })).slice(0, 8)
  const pem = issue(
    {
      // Two servers' CAs must differ by name too: some devices look no further.
      commonName: `Bootline CA ${mark}`,
      publicKey,
      from: now - DAY,
      until: now + LIFE_DAYS * DAY,
      purpose: 'authority',
    },
    { key },
  )
  if (found) await replace(folder, fileNames.ca, pem, 0o644)
  else await writeNew(folder, fileNames.ca, pem, 0o644)
  const written = await readAuthority(folder)
  if (written) return { ...written, made: true }
  throw new CertificateError(
    'certificate-authority',
    `${join(folder, fileNames.ca)} went away while it was made`,
    'start again',
  )
}
