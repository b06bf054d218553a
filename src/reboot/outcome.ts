import type { Outcome, RebootJob } from '../store/reboots.ts'
import { askedPause, fetchPause, mostTells, pauseAfter } from './backoff.ts'
import type { WakeAnswer, WakeResult } from './wake.ts'

/** What is left to a device that nobody tells any more. */
export const byItself = 'it will take its files at its next start or poll'

type Told = Pick<RebootJob, 'mac' | 'attempts'>

/** What a device's answer means for its job. */
export function outcomeOf({ mac, attempts }: Told, answer: WakeAnswer, at: number): Outcome {
  const tells = attempts + 1
  const { result, detail, retryAfter, isUnsent = false } = answer
  const outcome = { attempts: tells, result, at, told: result !== 'misconfigured' && !isUnsent }
  if (result === 'heard' || result === 'queued') {
    return { ...outcome, state: 'told', dueAt: at + fetchPause(tells, mac), detail }
  }
  const pause = pauseAfter(tells, mac, isSlow(result))
  if (pause === undefined) {
    return { ...outcome, state: 'given-up', dueAt: at, detail: `${detail}: ${meaning[result]}; ${byItself}` }
  }
  const asked = retryAfter === undefined ? 0 : askedPause(retryAfter, mac)
  return { ...outcome, state: 'waiting', dueAt: at + Math.max(pause, asked), detail }
}

/** A job that is over before anything is sent: nothing can be sent, or enough was sent. */
export function givenUp({ attempts }: Pick<Told, 'attempts'>, why: string, at: number): Outcome {
  return {
    state: 'given-up',
    told: false,
    dueAt: at,
    attempts,
    result: 'given-up',
    detail: `${why}; ${byItself}`,
    at,
  }
}

/** The device has heard every time, and never came. */
export function isToldEnough({ attempts }: Pick<Told, 'attempts'>): boolean {
  return attempts >= mostTells
}

function isSlow(result: WakeResult): boolean {
  return ['unwilling', 'refused', 'credentials', 'misconfigured'].includes(result)
}

const tried = 'it was tried for a day'

const meaning: Readonly<Record<Exclude<WakeResult, 'heard' | 'queued'>, string>> = {
  absent: tried,
  silent: tried,
  busy: tried,
  overloaded: tried,
  unwilling: 'it was reached and does not do this',
  refused: 'it was refused, also later',
  credentials: 'the account for telling devices is not accepted',
  misconfigured: 'it could not be sent',
}
