export type FeedErrorCode = 'feed-not-ours' | 'feed-damaged' | 'feed-unreachable'

/** What is wrong with the registrar's database; never with its address, which may hold a password. */
export class FeedError extends Error {
  override readonly name = 'FeedError'
  readonly code: FeedErrorCode
  readonly remedy: string

  constructor(code: FeedErrorCode, message: string, remedy: string, cause?: unknown) {
    super(`the registrar's database: ${message}`, cause === undefined ? undefined : { cause })
    this.code = code
    this.remedy = remedy
  }
}

/** Whatever else is there is left as it is. */
export function notOurs(what: string, cause?: unknown): FeedError {
  return new FeedError(
    'feed-not-ours',
    what,
    'set BOOTLINE_REGISTRAR_DATABASE to a file, database or schema of its own',
    cause,
  )
}

export function damaged(): FeedError {
  return new FeedError(
    'feed-damaged',
    'the file is damaged',
    'remove it, start Bootline again, then the SIP server: it is made anew from the fleet',
  )
}

export function unreachable(what: string, cause?: unknown): FeedError {
  return new FeedError(
    'feed-unreachable',
    what,
    'check BOOTLINE_REGISTRAR_DATABASE and the rights on it; the accounts follow as soon as it answers',
    cause,
  )
}
