/** How often somebody guessed wrong of late, and whether the door is shut. */
export interface Guesses {
  readonly failures: number
  /** Until when time has been set against them. */
  readonly drainedAt: number
  readonly shutUntil: number
}

export interface GuessLimits {
  /** So many wrong ones cost nothing: people mistype. */
  readonly free: number
  /** At so many the door is shut. */
  readonly most: number
  /** In so many milliseconds one is forgotten: an office whose people mistype all day is no guesser. */
  readonly drain: number
}

/** A person is guessed at from many places, a place guesses at many persons: each is counted for itself. */
export const guessLimits = {
  person: { free: 3, most: 10, drain: 6 * 60_000 },
  source: { free: 10, most: 40, drain: 60_000 },
} as const satisfies Readonly<Record<string, GuessLimits>>

export const guessTimes = {
  /** How long the door stays shut. */
  shut: 15 * 60_000,
  /** After so long nothing of it counts any more. */
  forget: 60 * 60_000,
}

/** How long somebody has to wait before the next try is looked at, in milliseconds; 0: not at all. */
export function waitFor(guesses: Guesses | undefined, now: number): number {
  return Math.max(0, (guesses?.shutUntil ?? 0) - now)
}

/** A try is counted before it is looked at, so that many at once are no more than many in a row. */
export function counted(guesses: Guesses | undefined, limits: GuessLimits, now: number): Guesses {
  const { failures: before, drainedAt } = drained(guesses, limits, now)
  const failures = before + 1
  return { failures, drainedAt, shutUntil: now + pauseAfter(failures, limits) }
}

/** It was right after all: as if this one had not been. */
export function uncounted(guesses: Guesses): Guesses {
  return { ...guesses, failures: Math.max(0, guesses.failures - 1), shutUntil: 0 }
}

/** What is left of a while goes on counting, or tries in quick succession would never be forgotten. */
function drained(
  guesses: Guesses | undefined,
  { drain }: GuessLimits,
  now: number,
): Omit<Guesses, 'shutUntil'> {
  const whole = guesses ? Math.floor((now - guesses.drainedAt) / drain) : 0
  if (!guesses || whole >= guesses.failures) return { failures: 0, drainedAt: now }
  return { failures: guesses.failures - whole, drainedAt: guesses.drainedAt + whole * drain }
}

/** 1, 2, 4, 8… seconds once the free ones are used up, then a quarter of an hour. */
function pauseAfter(failures: number, { free, most }: GuessLimits): number {
  if (failures >= most) return guessTimes.shut
  return failures <= free ? 0 : Math.min(1000 * 2 ** (failures - free - 1), guessTimes.shut)
}
