import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'

/** 256 random bits as text: nobody finds it by trying, so a plain hash of it is enough to keep. */
export function newSecret(prefix = ''): string {
  return prefix + randomBytes(32).toString('base64url')
}

export function digest(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url')
}

/** Takes as long for a near miss as for a far one. */
export function isSame(a: string, b: string): boolean {
  return timingSafeEqual(createHash('sha256').update(a).digest(), createHash('sha256').update(b).digest())
}

export const tokenPrefix = 'bl_'
