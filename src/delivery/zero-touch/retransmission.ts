const T1 = 500
const T2 = 4000
/** Timer F: whoever has not answered by then will not. */
const PATIENCE = 64 * T1

export interface Retransmission {
  /** A provisional answer came: the other side lives, and is asked less often. */
  slowDown(): void
  /** The answer came: nothing more is sent. */
  answered(): void
  /** Ends it without a word. */
  stop(): void
}

/**
 * Sends at once, then again after 0.5, 1, 2, 4, 4… seconds: timer E of RFC 3261 for a request over UDP that is no
 * INVITE. After 32 seconds it is over, answered or not.
 */
export function retransmit(send: () => void, over: (answered: boolean) => void): Retransmission {
  let wait = T1
  let isAnswered = false
  let again: NodeJS.Timeout
  const schedule = () => {
    again = setTimeout(() => {
      send()
      wait = Math.min(2 * wait, T2)
      schedule()
    }, wait)
  }
  const end = setTimeout(() => {
    clearTimeout(again)
    over(isAnswered)
  }, PATIENCE)
  send()
  schedule()
  return {
    slowDown() {
      wait = T2
    },
    answered() {
      isAnswered = true
      clearTimeout(again)
    },
    stop() {
      clearTimeout(again)
      clearTimeout(end)
    },
  }
}
