import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'
import { StoreError } from './errors.ts'

/** Turns a secret into text that only the same key, for the same record, opens again. */
export interface Sealer {
  seal(secret: string, record: SealedRecord): string
  open(sealed: string, record: SealedRecord): string
  /** A key for another purpose, from which this one cannot be found. */
  derive(purpose: string): Buffer
}

/** What a sealed value belongs to: `line-password:+33483050173`. Moved to another record it does not open. */
export type SealedRecord = `${string}:${string}`

const nonceBytes = 12
const tagBytes = 16
const version = 'v1:'

/** AES-256-GCM with a random nonce; the version in front lets a later form stand beside this one. */
export function sealerOf(key: Uint8Array): Sealer {
  return {
    seal(secret, record) {
      const nonce = randomBytes(nonceBytes)
      const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: tagBytes })
      cipher.setAAD(Buffer.from(record))
      const sealed = [nonce, cipher.update(secret, 'utf8'), cipher.final(), cipher.getAuthTag()]
      return version + Buffer.concat(sealed).toString('base64url')
    },
    derive: (purpose) => Buffer.from(hkdfSync('sha256', key, '', `bootline ${purpose}`, 32)),
    open(sealed, record) {
      try {
        return opened(key, sealed, record)
      } catch {
        throw new StoreError(
          'store-key-wrong',
          `the sealed value of ${record} does not open with this key`,
          'give the key that this database was made with',
        )
      }
    },
  }
}

function opened(key: Uint8Array, sealed: string, record: SealedRecord): string {
  if (!sealed.startsWith(version)) throw new Error('unknown form')
  const bytes = Buffer.from(sealed.slice(version.length), 'base64url')
  const end = bytes.length - tagBytes
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, nonceBytes), {
    authTagLength: tagBytes,
  })
  decipher.setAAD(Buffer.from(record))
  decipher.setAuthTag(bytes.subarray(end))
  return decipher.update(bytes.subarray(nonceBytes, end), undefined, 'utf8') + decipher.final('utf8')
}

export function linePassword(number: string): SealedRecord {
  return `line-password:${number}`
}

export function deviceAccount(mac: string): SealedRecord {
  return `device-account:${mac}`
}

/** What a company signs in with to have its devices told. */
export function rebootPassword(company: string): SealedRecord {
  return `reboot-password:${company}`
}

export function wakeTarget(mac: string): SealedRecord {
  return `wake-target:${mac}`
}

/** What makes the codes of somebody's second factor. */
export function secondFactor(person: number): SealedRecord {
  return `second-factor:${person}`
}

/** The answer to a request that made something, for who asks again. */
export function keptReply(scope: string, key: string): SealedRecord {
  return `kept-reply:${scope} ${key}`
}

const checkRecord: SealedRecord = 'key-check:database'
const checkText = 'bootline'

/** A value kept beside the data, by which a wrong key is noticed before anything is sealed with it. */
export function keyCheck(sealer: Sealer): string {
  return sealer.seal(checkText, checkRecord)
}

export function fitsKey(sealer: Sealer, check: string): boolean {
  try {
    return sealer.open(check, checkRecord) === checkText
  } catch {
    return false
  }
}
