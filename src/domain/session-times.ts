/** How long somebody stays signed in, in milliseconds. */
export const sessionTimes = {
  /** Without a word from him. */
  idle: 8 * 3_600_000,
  /** Whatever he does. */
  whole: 7 * 24 * 3_600_000,
  /** Between the password and the code of the second factor. */
  secondFactor: 5 * 60_000,
  /** Later notes of being there are not worth a write to the disk. */
  noted: 60_000,
}

/** How long a link opens the door that it was made for. */
export const linkTimes = { invitation: 72 * 3_600_000, reset: 24 * 3_600_000, first: 72 * 3_600_000 }

export interface Stay {
  readonly stage: 'second-factor' | 'whole'
  readonly createdAt: number
  readonly seenAt: number
}

/** When a session ends if nobody uses it any more. */
export function endOf({ stage, createdAt, seenAt }: Stay): number {
  if (stage === 'second-factor') return createdAt + sessionTimes.secondFactor
  return Math.min(createdAt + sessionTimes.whole, seenAt + sessionTimes.idle)
}
