import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'

/** How long a nonce serves, and how many are remembered with the counts that were used. */
export const nonceLimits = { lifetime: 5 * 60_000, remembered: 20_000 } as const

/** Nonces that need no memory to be recognised: the time, a random part, and a seal over both. */
export interface Nonces {
  make(now: number): string
  /** Whether a nonce is ours, still lives, and was not yet used with this count or a later one; remembers the count. */
  use(nonce: string, count: number | undefined, now: number): boolean
  /** It was used at another process that shares the key. */
  usedElsewhere(nonce: string, count: number): void
}

const timeLength = 6
const randomLength = 10
const sealLength = 16

/**
 * A client counts its uses of a nonce upwards: a count that is not higher is a replay. Memory is bounded; whatever was
 * issued no later than the newest nonce that had to be forgotten is no longer believed, so that forgetting never opens
 * a door. A proof without a count lives as long as its nonce.
 */
export function createNonces(
  key: Uint8Array,
  remembered: number = nonceLimits.remembered,
  since: number = Number.NEGATIVE_INFINITY,
): Nonces {
  const counts = new Map<string, number>()
  let forgottenUpTo = since

  function seal(body: Buffer): Buffer {
    return createHmac('sha256', key).update(body).digest().subarray(0, sealLength)
  }

  function issuedAt(nonce: string): number | undefined {
    const bytes = Buffer.from(nonce, 'base64url')
    // Base64 has several writings of the same bytes; only ours counts, or a replay could pass as another nonce.
    if (bytes.length !== timeLength + randomLength + sealLength || bytes.toString('base64url') !== nonce)
      return undefined
    const body = bytes.subarray(0, timeLength + randomLength)
    return timingSafeEqual(seal(body), bytes.subarray(body.length))
      ? body.readUIntBE(0, timeLength)
      : undefined
  }

  function remember(nonce: string, count: number): void {
    counts.set(nonce, count)
    if (counts.size > remembered) forgetOldest()
  }

  function forgetOldest(): void {
    const [oldest] = counts.keys()
    if (oldest === undefined) return
    counts.delete(oldest)
    forgottenUpTo = Math.max(forgottenUpTo, issuedAt(oldest) ?? forgottenUpTo)
  }

  return {
    make(now) {
      const body = Buffer.concat([Buffer.alloc(timeLength), randomBytes(randomLength)])
      body.writeUIntBE(now, 0, timeLength)
      return Buffer.concat([body, seal(body)]).toString('base64url')
    },
    use(nonce, count, now) {
      const issued = issuedAt(nonce)
      if (issued === undefined || now - issued >= nonceLimits.lifetime) return false
      if (count === undefined) return true
      const last = counts.get(nonce)
      if (last === undefined ? issued <= forgottenUpTo : count <= last) return false
      remember(nonce, count)
      return true
    },
    usedElsewhere(nonce, count) {
      if (count > (counts.get(nonce) ?? Number.NEGATIVE_INFINITY)) remember(nonce, count)
    },
  }
}
