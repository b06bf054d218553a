import { createHmac, randomBytes } from 'node:crypto'
import { isSame } from './secrets.ts'

/** Every half a minute another code of six digits, as all authenticator apps make them (RFC 6238). */
const period = 30_000
const digits = 6

/** So many steps early or late a code still counts: clocks differ, and people type slowly. */
const tolerance = 1

export function newTotpSecret(): Buffer {
  return randomBytes(20)
}

export function stepOf(now: number): number {
  return Math.floor(now / period)
}

export function codeAt(secret: Buffer, step: number): string {
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(step))
  const mac = createHmac('sha1', secret).update(counter).digest()
  const offset = (mac.at(-1) ?? 0) & 0x0f
  const number = mac.readUInt32BE(offset) & 0x7fffffff
  return String(number % 10 ** digits).padStart(digits, '0')
}

/** The step that a code is of; whether that step was used before is not known here. */
export function matchingStep(secret: Buffer, code: string, now: number): number | undefined {
  const steps = Array.from({ length: 2 * tolerance + 1 }, (_, i) => stepOf(now) - tolerance + i)
  // All are looked at, so that the time it takes says nothing.
  const matching = steps.filter((step) => isSame(codeAt(secret, step), code))
  return matching[0]
}

/** What apps read from a QR code. */
export function totpUri(secret: Buffer, email: string): string {
  const label = encodeURIComponent(`Bootline:${email}`)
  return `otpauth://totp/${label}?secret=${base32(secret)}&issuer=Bootline&algorithm=SHA1&digits=${digits}&period=${period / 1000}`
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** RFC 4648, without padding; 20 bytes are 32 letters. */
export function base32(bytes: Buffer): string {
  let bits = 0
  let held = 0
  let text = ''
  for (const byte of bytes) {
    held = ((held << 8) | byte) & 0xfff
    bits += 8
    while (bits >= 5) {
      bits -= 5
      text += alphabet[(held >> bits) & 31]
    }
  }
  return bits > 0 ? text + alphabet[(held << (5 - bits)) & 31] : text
}

/** Ten ways in for who has lost the phone with the app; each works once. 50 bits: the door shuts long before. */
export function newRecoveryCodes(): readonly string[] {
  return Array.from({ length: 10 }, () => {
    const letters = base32(randomBytes(8)).slice(0, 10).toLowerCase()
    return `${letters.slice(0, 5)}-${letters.slice(5)}`
  })
}

/** As it was shown, however it is typed. */
export function meantCode(typed: string): string {
  return typed.toLowerCase().replace(/[^a-z0-9]/g, '')
}
