import type { SipAnswer } from './answer.ts'
import { type Challenge, keyOf, readChallenges } from './challenge.ts'
import { writeProof } from './digest.ts'
import type { Credentials, Errand } from './errand.ts'
import { makeToken } from './tokens.ts'

/** A nonce that proofs are made with, by all who use the same server. */
interface Held {
  readonly challenge: Challenge
  readonly clientNonce: string
  count: number
}

interface Proving {
  held: Held
  readonly who: Credentials
  /** It comes from an earlier wake: that it is refused says nothing of the password. */
  isOld: boolean
  isRenewed: boolean
}

/** The proofs of one wake. */
export interface SignIn {
  /** Header lines for the next request; each writing is one more use of the nonces. */
  lines(): string
  /** Takes a 401 or 407; what keeps it from being answered, if something does. */
  take(answer: SipAnswer): string | undefined
}

/** What servers have asked for, so that the next wake answers before it is asked. */
export interface SignIns {
  begin(errand: Errand): SignIn
}

const MOST_SERVERS = 1000
const MOST_REALMS = 4

export function createSignIns(): SignIns {
  const servers = new Map<string, Map<string, Held>>()

  const heldAt = ({ hop }: Errand): Map<string, Held> => {
    const key = `${hop.transport} ${hop.host} ${hop.port}`
    const known = servers.get(key)
    if (known) return known
    if (servers.size >= MOST_SERVERS) servers.clear()
    const fresh = new Map<string, Held>()
    servers.set(key, fresh)
    return fresh
  }

  return {
    begin(errand) {
      const shared = errand.isDirect ? new Map<string, Held>() : heldAt(errand)
      const proving = new Map<string, Proving>()
      for (const [key, held] of shared) {
        const who = errand.account ?? errand.line
        if (who) proving.set(key, { held, who, isOld: true, isRenewed: false })
      }

      const hold = (key: string, challenge: Challenge, isOfServer: boolean): Held => {
        const known = shared.get(key)
        // Servers that make nonces of the time give many wakes the same one, and want each use counted.
        if (known?.challenge.nonce === challenge.nonce) return known
        const held = { challenge, clientNonce: makeToken(), count: 0 }
        if (isOfServer) {
          if (shared.size >= MOST_REALMS && !shared.has(key)) shared.clear()
          shared.set(key, held)
        }
        return held
      }

      return {
        lines: () => [...proving.values()].map((one) => line(one, errand.requestUri)).join(''),
        take(answer) {
          const challenges = readChallenges(answer.head)
          if (challenges.length === 0) return 'no proof of a known kind is asked for'
          let failure: string | undefined
          let isNew = false
          for (const challenge of challenges) {
            const key = keyOf(challenge)
            const known = proving.get(key)
            const isOfServer = known ? shared.has(key) : challenge.asker === 'proxy' || proving.size === 0
            const who = known?.who ?? whoFor(errand, isOfServer)
            const isTurnedDown = known && !known.isOld && (!challenge.isStale || known.isRenewed)
            if (!who) failure = 'there is nobody to sign in as'
            else if (isTurnedDown && isMaybeDevice(challenge, who, errand)) {
              // Its server asks nobody: who asked was the device behind it.
              shared.delete(key)
              proving.set(key, {
                held: hold(key, challenge, false),
                who: errand.line,
                isOld: false,
                isRenewed: false,
              })
              isNew = true
            } else if (isTurnedDown) {
              failure = `the password of ${who.user} is not taken`
            } else {
              const isRenewed = known !== undefined && !known.isOld
              const held = hold(key, challenge, isOfServer)
              proving.set(key, { held, who, isOld: false, isRenewed })
              isNew = true
            }
          }
          return isNew ? undefined : failure
        },
      }
    },
  }
}

/** A server knows the account; a device behind it that asks as well knows itself only, as its line registers. */
function whoFor({ account, line, isDirect }: Errand, isOfServer: boolean): Credentials | undefined {
  return isOfServer && !isDirect ? (account ?? line) : (line ?? account)
}

/** A 401 comes from a server or from the device itself, and nothing in it tells from which. */
function isMaybeDevice(
  { asker }: Challenge,
  who: Credentials,
  errand: Errand,
): errand is Errand & { readonly line: Credentials } {
  return asker !== 'proxy' && errand.line !== undefined && who !== errand.line
}

function line({ held, who }: Proving, uri: string): string {
  held.count++
  const { challenge, clientNonce, count } = held
  const name = challenge.asker === 'proxy' ? 'Proxy-Authorization' : 'Authorization'
  return `${name}: ${writeProof(challenge, who, { uri, clientNonce, count })}\r\n`
}
