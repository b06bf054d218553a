import { createHash } from 'node:crypto'
import type { Challenge } from './challenge.ts'
import type { Credentials } from './errand.ts'

export interface Proof {
  readonly uri: string
  readonly clientNonce: string
  /** How often this nonce was used, this time included. */
  readonly count: number
}

/** The value of an Authorization header that answers a challenge to a NOTIFY (RFC 2617, 7616 and 8760). */
export function writeProof(challenge: Challenge, { user, password }: Credentials, proof: Proof): string {
  const { algorithm, realm, nonce, opaque, algorithmText, isProtected } = challenge
  const { uri, clientNonce } = proof
  const hash = (text: string): string => createHash(algorithm.hash).update(text).digest('hex')
  const secret = hash(`${user}:${realm}:${password}`)
  const key = algorithm.isSession ? hash(`${secret}:${nonce}:${clientNonce}`) : secret
  const count = proof.count.toString(16).padStart(8, '0')
  const protection = isProtected ? `${count}:${clientNonce}:auth:` : ''
  const response = hash(`${key}:${nonce}:${protection}${hash(`NOTIFY:${uri}`)}`)
  return [
    `Digest username="${user}"`,
    `realm="${realm}"`,
    `nonce="${nonce}"`,
    `uri="${uri}"`,
    `response="${response}"`,
    ...(algorithmText === undefined ? [] : [`algorithm=${algorithmText}`]),
    ...(isProtected ? ['qop=auth', `nc=${count}`] : []),
    ...(isProtected || algorithm.isSession ? [`cnonce="${clientNonce}"`] : []),
    ...(opaque === undefined ? [] : [`opaque="${opaque}"`]),
  ].join(', ')
}
