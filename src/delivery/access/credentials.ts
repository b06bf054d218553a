import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import type { DeviceTransport } from '../plane.ts'
import { readAuthorization } from './authorization.ts'
import { readBasic } from './basic.ts'
import { challengeHeader, offers, realm } from './challenge.ts'
import { digestResponse, isSameTarget, readDigest } from './digest.ts'
import { createNonces, nonceLimits } from './nonces.ts'

/** `stale`: the password is right but the nonce has had its time; the client is asked again and need not be told why. */
export type CredentialResult = 'none' | 'right' | 'wrong' | 'stale'

export interface CredentialCheck {
  readonly result: CredentialResult
  /** Whose credentials these are, when they are right. */
  readonly mac?: string
}

export type FindAccount = (user: string) => { readonly password: string; readonly mac: string } | undefined

export interface Credentials {
  /** `header` as received, every Authorization header of the request; `uri` is the request's target as received. */
  check(
    header: string | readonly string[] | undefined,
    request: { readonly method: string; readonly uri: string },
    findAccount: FindAccount,
  ): CredentialCheck
  /** The WWW-Authenticate header of a refusal. */
  challenge(transport: Exclude<DeviceTransport, 'tftp'>, check: Pick<CredentialCheck, 'result'>): string
  /** A count of a nonce was used at another process that shares the key: here it is a replay. */
  usedElsewhere(nonce: string, count: number): void
}

/** For a process that shares its key with others. */
export interface SharedKey {
  /** Tells the others which count of a nonce was used here. */
  readonly told: (nonce: string, count: number) => void
  /** When it began to be told itself: of a nonce that is older it does not know which counts were used. */
  readonly since: number
}

const notShared: SharedKey = { told: () => {}, since: Number.NEGATIVE_INFINITY }

/**
 * Signing in of devices. Processes that share a port share the key, since a device may meet another of them at its
 * next request.
 */
export function createCredentials(
  clock: () => number,
  key: Uint8Array = randomBytes(32),
  { told, since } = notShared,
): Credentials {
  const nonces = createNonces(key, nonceLimits.remembered, since)
  // An unknown user costs the same work as a known one: his password is this, which nobody knows.
  const dummy = { password: randomBytes(24).toString('base64url'), mac: '' }

  function same(one: string, other: string): boolean {
    const seal = (text: string): Buffer => createHmac('sha256', key).update(text).digest()
    return timingSafeEqual(seal(one), seal(other))
  }

  function basic(token: string, findAccount: FindAccount): CredentialCheck {
    const given = readBasic(token)
    if (!given) return wrong
    const account = findAccount(given.user)
    const matches = same(given.password, (account ?? dummy).password)
    return account && matches ? { result: 'right', mac: account.mac } : wrong
  }

  function digest(
    parameters: ReadonlyMap<string, string>,
    request: { readonly method: string; readonly uri: string },
    findAccount: FindAccount,
  ): CredentialCheck {
    const answer = readDigest(parameters)
    if (!answer || answer.realm !== realm || !isSameTarget(answer.uri, request.uri)) return wrong
    const account = findAccount(answer.user)
    const expected = digestResponse(answer, request.method, (account ?? dummy).password)
    if (!same(answer.response, expected) || !account) return wrong
    const count = answer.protection && Number.parseInt(answer.protection.count, 16)
    const fresh = nonces.use(answer.nonce, count, clock())
    if (fresh && count !== undefined) told(answer.nonce, count)
    return fresh ? { result: 'right', mac: account.mac } : { result: 'stale' }
  }

  return {
    check(header, request, findAccount) {
      const given = typeof header === 'string' || header === undefined ? header : joined(header)
      if (given === undefined) return { result: 'none' }
      const authorization = readAuthorization(given)
      if (!authorization) return wrong
      if (authorization.scheme === 'basic') return basic(authorization.token, findAccount)
      return digest(authorization.parameters, request, findAccount)
    },
    challenge: (transport, check) =>
      challengeHeader(offers[transport], () => nonces.make(clock()), check.result === 'stale'),
    usedElsewhere: nonces.usedElsewhere,
  }
}

const wrong: CredentialCheck = { result: 'wrong' }

/** What a check says about one device: the right credentials of another are wrong for it. */
export function credentialsFor(check: CredentialCheck, mac: string): CredentialResult {
  return check.result === 'right' && check.mac !== mac ? 'wrong' : check.result
}

/** Two headers are two answers to one question: read as one, they are malformed. */
function joined(headers: readonly string[]): string | undefined {
  return headers.length === 0 ? undefined : headers.join('\n')
}
