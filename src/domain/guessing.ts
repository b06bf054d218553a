/** How often somebody guessed wrong, and whether the door is shut. */
export interface Guesses {
  readonly failures: number
  readonly lastAt: number
  readonly shutUntil: number
}

export interface GuessLimits {
  /** So many wrong ones cost nothing: people mistype. */
  readonly free: number
  /** At so many the door is shut. */
  readonly most: number
}

/** A person is guessed at from many places, a place guesses at many persons: each is counted for itself. */
export const guessLimits = {
  person: { free: 3, most: 10 },
  source: { free: 10, most: 40 },
} as const satisfies Readonly<Record<string, GuessLimits>>

export const guessTimes = {
  /** How long the door stays shut. */
  shut: 15 * 60_000,
  /** Who was quiet for so long begins anew. */
  forget: 60 * 60_000,
}

const unknown: Guesses = { failures: 0, lastAt: 0, shutUntil: 0 }

/** How long somebody has to wait before the next try is looked at, in milliseconds; 0: not at all. */
export function waitFor(guesses: Guesses | undefined, now: number): number {
  return Math.max(0, (guesses?.shutUntil ?? 0) - now)
}

/** A try is counted before it is looked at, so that many at once are no more than many in a row. */
export function counted(guesses: Guesses | undefined, limits: GuessLimits, now: number): Guesses {
  const before = guesses && now - guesses.lastAt < guessTimes.forget ? guesses : unknown
  const failures = before.failures + 1
  return { failures, lastAt: now, shutUntil: now + pauseAfter(failures, limits) }
}

/** It was right after all: as if this one had not been. */
export function uncounted(guesses: Guesses): Guesses {
  return { ...guesses, failures: Math.max(0, guesses.failures - 1), shutUntil: 0 }
}

/** 1, 2, 4, 8… seconds once the free ones are used up, then a quarter of an hour. */
function pauseAfter(failures: number, { free, most }: GuessLimits): number {
  if (failures >= most) return guessTimes.shut
  return failures <= free ? 0 : Math.min(1000 * 2 ** (failures - free - 1), guessTimes.shut)
}
