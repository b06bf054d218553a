import type { SipAnswer } from './answer.ts'
import { type Challenge, keyOf, readChallenges } from './challenge.ts'
import { writeProof } from './digest.ts'
import type { Credentials, Errand } from './errand.ts'
import { type Held, holdAlone, type Nonces } from './nonces.ts'

/** Who is proved to one realm, and how it went so far. */
interface Proving {
  readonly held: Held
  readonly who: Credentials
  /** Asked by the server that all wakes go to, rather than by a device behind it. */
  readonly isOfServer: boolean
  /** The nonce comes from an earlier wake: that it is refused says nothing of the password. */
  readonly isOld: boolean
  readonly isRenewed: boolean
}

/** The proofs of one wake. */
export interface SignIn {
  /** Header lines for the next request; each writing is one more use of the nonces. */
  lines(): string
  /** Takes a 401 or 407; what keeps it from being answered, if something does. */
  take(answer: SipAnswer): string | undefined
}

export function beginSignIn(errand: Errand, nonces: Nonces): SignIn {
  const { hop } = errand
  const server = `${hop.transport} ${hop.host} ${hop.port}`
  const proving = new Map<string, Proving>()
  const serverKnows = errand.account ?? errand.line
  if (serverKnows && !errand.isDirect) {
    for (const held of nonces.of(server)) {
      const key = keyOf(held.challenge)
      proving.set(key, { held, who: serverKnows, isOfServer: true, isOld: true, isRenewed: false })
    }
  }

  /** Whether there is something new to answer this challenge with; if not, why. */
  const answer = (challenge: Challenge): string | undefined => {
    const key = keyOf(challenge)
    const known = proving.get(key)
    const isTurnedDown = known && !known.isOld && (!challenge.isStale || known.isRenewed)
    if (isTurnedDown) return answerAsLine(challenge, known)
    const isOfServer = known?.isOfServer ?? isServer(challenge, errand, proving.size)
    const who = known?.who ?? (isOfServer ? serverKnows : (errand.line ?? errand.account))
    if (!who) return 'there is nobody to sign in as'
    const held = isOfServer ? nonces.share(server, challenge) : holdAlone(challenge)
    proving.set(key, { held, who, isOfServer, isOld: false, isRenewed: known?.isOld === false })
    return undefined
  }

  /**
   * Nothing in a 401 tells whether the server asks or the device behind it. Where the server asks nobody, the account
   * was shown to the device, which knows only what its line registers with.
   */
  const answerAsLine = (challenge: Challenge, { who, isOfServer }: Proving): string | undefined => {
    const { line } = errand
    if (challenge.asker === 'proxy' || !isOfServer || !line || who === line) {
      return `the password of ${who.user} is not taken`
    }
    nonces.forget(server, challenge)
    const held = holdAlone(challenge)
    proving.set(keyOf(challenge), { held, who: line, isOfServer: false, isOld: false, isRenewed: false })
    return undefined
  }

  return {
    lines() {
      let lines = ''
      for (const one of proving.values()) lines += headerLine(one, errand.requestUri)
      return lines
    },
    take({ head }) {
      const challenges = readChallenges(head)
      if (challenges.length === 0) return 'no proof of a known kind is asked for'
      const failures = challenges.map(answer)
      return failures.includes(undefined) ? undefined : failures[0]
    },
  }
}

/** The first to ask is the server, and so is every proxy; who asks behind them is the device. */
function isServer({ asker }: Challenge, { isDirect }: Errand, asked: number): boolean {
  return !isDirect && (asker === 'proxy' || asked === 0)
}

function headerLine({ held, who }: Proving, uri: string): string {
  held.count++
  const { challenge, clientNonce, count } = held
  const name = challenge.asker === 'proxy' ? 'Proxy-Authorization' : 'Authorization'
  return `${name}: ${writeProof(challenge, who, { uri, clientNonce, count })}\r\n`
}
