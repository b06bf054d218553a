import type { Guard } from '../access/guard.ts'
import type { ServiceLog } from '../log.ts'
import type { Measures } from '../measures.ts'
import { guessing } from '../plane-on.ts'
import type { Windows } from '../windows.ts'
import type { Elsewhere } from './elsewhere.ts'
import { type RecordingParts, recordingOf } from './happenings.ts'
import type { News, Told } from './words.ts'

export interface HearingParts extends RecordingParts {
  readonly guard: Guard
  readonly windows: Pick<Windows, 'take'>
  readonly measures: Measures
  readonly told: Elsewhere
  readonly log: Pick<ServiceLog, 'warn'>
  /** Tells all workers, or all but one. */
  readonly pass: (news: News, but?: number) => void
}

/** Takes in what workers tell: counts and records it, and passes on what the others have to know. */
export function hearWorkers(parts: HearingParts): (worker: number, told: Told) => void {
  const { guard, windows, measures, told: there, log, pass } = parts
  const record = recordingOf(parts)
  return (worker, told) => {
    switch (told.what) {
      case 'suspect':
        for (const alert of guard.refused(told, told.now)) log.warn({ ...alert, worker }, guessing)
        pass({ what: 'marks', marks: guard.marks(told.source) })
        break
      case 'window':
        windows.take(told)
        pass(told, worker)
        break
      case 'nonce':
        // Over TFTP, which this process has for itself, nobody signs in.
        pass(told, worker)
        break
      case 'delivered':
        measures.delivered(told.transport, told.seconds)
        break
      case 'rendered':
        measures.rendered(told.seconds)
        break
      case 'handshake':
        measures.handshake(told.listener, told.outcome)
        break
      default:
        there.at(told.at, worker, () => record(told))
        break
    }
  }
}
