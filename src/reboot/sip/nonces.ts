import { type Challenge, keyOf } from './challenge.ts'
import { makeToken } from './tokens.ts'

/** A nonce that proofs are made with, and how many were. */
export interface Held {
  readonly challenge: Challenge
  readonly clientNonce: string
  count: number
}

/** What servers have asked for, so that the next wake answers before it is asked. */
export interface Nonces {
  of(server: string): readonly Held[]
  /** The challenge as all wakes use it from now on. */
  share(server: string, challenge: Challenge): Held
  forget(server: string, challenge: Challenge): void
}

const MOST_SERVERS = 1000
const MOST_REALMS = 4

export function createNonces(): Nonces {
  const servers = new Map<string, readonly Held[]>()
  const others = (server: string, challenge: Challenge): readonly Held[] =>
    (servers.get(server) ?? []).filter((held) => keyOf(held.challenge) !== keyOf(challenge))
  return {
    of: (server) => servers.get(server) ?? none,
    share(server, challenge) {
      // Servers that make nonces of the time give many wakes the same one, and want each use counted.
      const known = servers.get(server)?.find((held) => held.challenge.nonce === challenge.nonce)
      if (known && keyOf(known.challenge) === keyOf(challenge)) return known
      const held = holdAlone(challenge)
      if (servers.size >= MOST_SERVERS && !servers.has(server)) servers.clear()
      servers.set(server, [held, ...others(server, challenge)].slice(0, MOST_REALMS))
      return held
    },
    forget: (server, challenge) => void servers.set(server, others(server, challenge)),
  }
}

/** For one wake only. */
export function holdAlone(challenge: Challenge): Held {
  return { challenge, clientNonce: makeToken(), count: 0 }
}

const none: readonly Held[] = []
