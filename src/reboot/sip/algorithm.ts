export interface DigestAlgorithm {
  readonly hash: 'md5' | 'sha256'
  /** The key of the proof is made anew from each pair of nonces. */
  readonly isSession: boolean
}

const algorithms: Readonly<Record<string, DigestAlgorithm>> = {
  MD5: { hash: 'md5', isSession: false },
  'MD5-SESS': { hash: 'md5', isSession: true },
  'SHA-256': { hash: 'sha256', isSession: false },
  'SHA-256-SESS': { hash: 'sha256', isSession: true },
}

export function readAlgorithm(text: string): DigestAlgorithm | undefined {
  const name = text.toUpperCase()
  return Object.hasOwn(algorithms, name) ? algorithms[name] : undefined
}
