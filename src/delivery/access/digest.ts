import { createHash } from 'node:crypto'

/** The hashes a device may answer with, by the name they bear in a header, and what node calls them. */
const hashes = { MD5: 'md5', 'SHA-256': 'sha256' } as const
export type DigestAlgorithm = keyof typeof hashes

/** What is proved over, as the client says it. */
export interface DigestAnswer {
  readonly algorithm: DigestAlgorithm
  readonly user: string
  readonly realm: string
  readonly nonce: string
  readonly uri: string
  readonly response: string
  /** Absent from clients older than RFC 2617, whose proof covers neither a count nor a nonce of their own. */
  readonly protection?: { readonly count: string; readonly clientNonce: string }
}

/** The parameters of a Digest header as an answer; `undefined` when one is missing or is nothing we offer. */
export function readDigest(parameters: ReadonlyMap<string, string>): DigestAnswer | undefined {
  const user = parameters.get('username')
  const realm = parameters.get('realm')
  const nonce = parameters.get('nonce')
  const uri = parameters.get('uri')
  const response = parameters.get('response')?.toLowerCase()
  const algorithm = readAlgorithm(parameters.get('algorithm') ?? 'MD5')
  if (user === undefined || realm === undefined || nonce === undefined || uri === undefined) return undefined
  if (!algorithm || !response || !/^[0-9a-f]+$/.test(response)) return undefined
  const answer = { algorithm, user, realm, nonce, uri, response }
  const quality = parameters.get('qop')
  if (quality === undefined) return answer
  const count = parameters.get('nc')
  const clientNonce = parameters.get('cnonce')
  if (quality.toLowerCase() !== 'auth' || !count || !/^[0-9a-f]{8}$/i.test(count) || !clientNonce)
    return undefined
  return { ...answer, protection: { count, clientNonce } }
}

/** The response that the password gives, in lower-case hex digits. */
export function digestResponse(
  answer: Omit<DigestAnswer, 'response'>,
  method: string,
  password: string,
): string {
  const hash = (text: string): string => createHash(hashes[answer.algorithm]).update(text).digest('hex')
  const secret = hash(`${answer.user}:${answer.realm}:${password}`)
  const asked = hash(`${method}:${answer.uri}`)
  const { protection } = answer
  const middle = protection ? `${protection.count}:${protection.clientNonce}:auth:` : ''
  return hash(`${secret}:${answer.nonce}:${middle}${asked}`)
}

/** Whether a proof is over the target of this very request, which some clients write with the server in front. */
export function isSameTarget(uri: string, target: string): boolean {
  return uri === target || uri.replace(/^https?:\/\/[^/]+(?=\/)/i, '') === target
}

function readAlgorithm(text: string): DigestAlgorithm | undefined {
  const name = text.toUpperCase()
  return name === 'MD5' || name === 'SHA-256' ? name : undefined
}
