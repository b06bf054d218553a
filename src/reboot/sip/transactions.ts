import { type SipAnswer, statusLine } from './answer.ts'
import type { Path } from './path.ts'

export type Outcome = { readonly answer: SipAnswer } | { readonly noAnswer: string }

/** The client transactions of RFC 3261, 17.1.2, for requests that are no INVITE. */
export interface Transactions {
  /** Sends until the final answer comes, or it is clear that none will. */
  send(path: Path, branch: string, bytes: Buffer): Promise<Outcome>
  /**
   * Takes an answer, wherever it came from: who knows the branch has seen the request. Nothing is kept of a finished
   * transaction, so that an answer that comes again (what timer K waits for) is one to nothing.
   */
  hear(answer: SipAnswer): void
  /** Ends those that wait for an answer on this path. */
  lose(path: Path, why: string): void
  close(why: string): void
}

interface Pending {
  readonly path: Path
  readonly bytes: Buffer
  readonly resolve: (outcome: Outcome) => void
  /** How long the present wait is and when it is over, and the waits before it. */
  wait: number
  over: number
  waited: number
  provisional?: SipAnswer
}

/** All that wait are looked at so many times in T1: with a timer each, a storm of wakes would pay for timers mostly. */
const LOOKS_IN_T1 = 10

/** `t1` is the time a round trip is thought to take; RFC 3261 says 500 ms, and all else follows from it. */
export function createTransactions(t1: number): Transactions {
  const t2 = 8 * t1
  const patience = 64 * t1
  const pending = new Map<string, Pending>()
  let looking: NodeJS.Timeout | undefined
  let closed: string | undefined

  const finish = (branch: string, one: Pending, outcome: Outcome): void => {
    pending.delete(branch)
    if (pending.size === 0) {
      clearInterval(looking)
      looking = undefined
    }
    one.resolve(outcome)
  }

  const look = (): void => {
    const now = performance.now()
    for (const [branch, one] of pending) if (one.over <= now) wake(branch, one, now)
  }

  /** Timers E and F in one: the last wait is cut so that it ends with the patience. */
  const wake = (branch: string, one: Pending, now: number): void => {
    const isFirst = one.waited === 0
    one.waited += one.wait
    if (one.waited >= patience) {
      finish(branch, one, { noAnswer: silence(patience, one.provisional) })
      return
    }
    one.path.send(one.bytes)
    if (isFirst) one.path.sound?.()
    const next = one.provisional ? t2 : Math.min(2 * one.wait, t2)
    one.wait = Math.min(next, patience - one.waited)
    one.over = now + one.wait
  }

  const endAll = (which: (one: Pending) => boolean, why: string): void => {
    for (const [branch, one] of pending) if (which(one)) finish(branch, one, { noAnswer: why })
  }

  return {
    send: (path, branch, bytes) =>
      new Promise((resolve) => {
        if (closed !== undefined) return resolve({ noAnswer: closed })
        const wait = path.isReliable ? patience : t1
        pending.set(branch, { path, bytes, resolve, wait, over: performance.now() + wait, waited: 0 })
        looking ??= setInterval(look, t1 / LOOKS_IN_T1)
        path.send(bytes)
      }),
    hear(answer) {
      const one = pending.get(answer.branch)
      if (!one || answer.method !== 'NOTIFY') return
      if (answer.status < 200) one.provisional = answer
      else finish(answer.branch, one, { answer })
    },
    lose: (path, why) => endAll((one) => one.path === path, why),
    close(why) {
      closed = why
      endAll(() => true, why)
    },
  }
}

function silence(patience: number, provisional: SipAnswer | undefined): string {
  const seconds = `${patience / 1000} s`
  return provisional
    ? `nothing more than ${statusLine(provisional)} within ${seconds}`
    : `no answer within ${seconds}`
}
