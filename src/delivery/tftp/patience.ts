/** Ticks a second of the one ticker that drives every transfer; no transfer has a timer of its own. */
export const TICKS_PER_SECOND = 10

export interface Clock {
  /** Counts up, one every tenth of a second. */
  now: number
}

const SHORTEST = TICKS_PER_SECOND
const LONGEST = 8 * TICKS_PER_SECOND
const TRIES = 5

export interface Patience {
  /** Something left that wants an answer. */
  sent(): void
  /** An answer came that brought the transfer on. */
  heard(): void
  due(): 'wait' | 'again' | 'over'
}

/**
 * When to send again, and when to give up: after five tries in vain. Without a timeout agreed on, the wait starts at a
 * second, doubles with every try and follows the round trips seen. An answer to something sent twice tells nothing of the
 * round trip, so the longer wait stays until one is seen that was sent once.
 */
export function patience(clock: Clock, timeoutSeconds?: number): Patience {
  let interval = timeoutSeconds === undefined ? SHORTEST : timeoutSeconds * TICKS_PER_SECOND
  let sentAt = clock.now
  let tries = 0
  return {
    sent() {
      sentAt = clock.now
    },
    heard() {
      if (tries === 0 && timeoutSeconds === undefined) {
        interval = Math.min(LONGEST, Math.max(SHORTEST, 3 * (clock.now - sentAt)))
      }
      tries = 0
    },
    due() {
      if (clock.now - sentAt < interval) return 'wait'
      if (tries === TRIES) return 'over'
      tries++
      sentAt = clock.now
      if (timeoutSeconds === undefined) interval = Math.min(LONGEST, interval * 2)
      return 'again'
    },
  }
}
