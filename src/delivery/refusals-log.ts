import type { Guard } from './access/guard.ts'
import type { ServiceLog } from './log.ts'
import { perMinute } from './per-minute.ts'
import type { Recorder } from './recorder.ts'

/** So many refusals a minute of one source are logged: enough to shut it out, too few to fill a disk. */
const linesPerMinute = 20

export interface RefusalsLogParts {
  readonly guard: Pick<Guard, 'shutOut'>
  readonly log: ServiceLog
  readonly now: () => number
}

/**
 * Logs who is refused. The form of the line is a contract: fail2ban reads it, and `source` and `why` stand before
 * anything that the other side has written. The first half of an ordinary sign-in is no refusal.
 */
export function tellingRefusals(recorder: Recorder, { guard, log, now }: RefusalsLogParts): Recorder {
  const mayTell = perMinute(linesPerMinute)
  return {
    ...recorder,
    refused(request, identity, why, refusal) {
      const { source, transport } = request
      if (why !== 'credentials-needed') {
        const guessing = guard.shutOut(source, now())
        // Counted apart: what came before it was found out must not leave the finding unsaid.
        if (mayTell(`${guessing} ${source}`, now()))
          log.info({ event: 'refused', source, why, guessing, transport, mac: identity.mac }, 'refused')
      }
      recorder.refused(request, identity, why, refusal)
    },
  }
}
