import { type DigestAlgorithm, readAlgorithm } from './algorithm.ts'
import { allOf, type Head } from './head.ts'

/** Who wants to know who we are: the other end, or a proxy on the way. */
export type Asker = 'end' | 'proxy'

/** What a server asks to be proved, of a kind that can be. */
export interface Challenge {
  readonly asker: Asker
  readonly realm: string
  readonly nonce: string
  readonly opaque?: string
  readonly algorithm: DigestAlgorithm
  /** The algorithm as the server wrote it; absent: it wrote none, and none is written back. */
  readonly algorithmText?: string
  /** Whether a count and a nonce of ours go into the proof. */
  readonly isProtected: boolean
  /** The proof was right and only its nonce is out of date. */
  readonly isStale: boolean
}

const headers = { end: 'www-authenticate', proxy: 'proxy-authenticate' } as const

/** The challenges of an answer: of each realm the one with the strongest hash, since they are alternatives. */
export function readChallenges(head: Head): readonly Challenge[] {
  const best = new Map<string, Challenge>()
  for (const asker of ['proxy', 'end'] as const) {
    for (const { scheme, parameters } of allOf(head, headers[asker]).flatMap(schemesIn)) {
      const challenge = scheme === 'digest' ? readDigest(asker, parameters) : undefined
      if (!challenge) continue
      const key = keyOf(challenge)
      const other = best.get(key)
      if (!other || strength(challenge) > strength(other)) best.set(key, challenge)
    }
  }
  return [...best.values()]
}

/** What a proof is good for. */
export function keyOf({ asker, realm }: Challenge): string {
  return `${asker} ${realm}`
}

function readDigest(asker: Asker, parameters: ReadonlyMap<string, string>): Challenge | undefined {
  const realm = parameters.get('realm')
  const nonce = parameters.get('nonce')
  const opaque = parameters.get('opaque')
  const algorithmText = parameters.get('algorithm')
  const algorithm = readAlgorithm(algorithmText ?? 'MD5')
  const qualities = parameters
    .get('qop')
    ?.toLowerCase()
    .split(/[\s,]+/)
  if (realm === undefined || nonce === undefined || !algorithm) return undefined
  if (qualities && !qualities.includes('auth')) return undefined
  return {
    asker,
    realm,
    nonce,
    algorithm,
    isProtected: qualities !== undefined,
    isStale: parameters.get('stale')?.toLowerCase() === 'true',
    ...(opaque !== undefined && { opaque }),
    ...(algorithmText !== undefined && { algorithmText }),
  }
}

function strength({ algorithm }: Challenge): number {
  return algorithm.hash === 'sha256' ? 1 : 0
}

const token = "[A-Za-z0-9.!%*_+`'~-]+"
const scheme = new RegExp(`[\\s,]*(${token})[ \\t]+(?=${token}[ \\t]*=)`, 'y')
const parameter = new RegExp(`[\\s,]*(${token})[ \\t]*=[ \\t]*(?:"((?:[^"\\\\]|\\\\.)*)"|([^\\s,"]*))`, 'y')

interface Scheme {
  readonly scheme: string
  readonly parameters: Map<string, string>
}

/**
 * One header may hold several challenges, and commas part both them and their parameters. What stands in quotes is
 * taken as it is written: it is written back and hashed so.
 */
function schemesIn(value: string): readonly Scheme[] {
  const schemes: Scheme[] = []
  let at = 0
  const next = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at
    const found = pattern.exec(value)
    if (found) at = pattern.lastIndex
    return found
  }
  for (;;) {
    const start = next(scheme)
    if (start) schemes.push({ scheme: (start[1] ?? '').toLowerCase(), parameters: new Map() })
    const pair = next(parameter)
    if (!pair) return schemes
    schemes.at(-1)?.parameters.set((pair[1] ?? '').toLowerCase(), pair[2] ?? pair[3] ?? '')
  }
}
