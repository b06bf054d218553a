import type { RebootRow } from './tables-reboots.ts'

/** One more thing a device is to be told, as a job of its own would be. */
export interface Addition
  extends Pick<RebootRow, 'mac' | 'model' | 'company' | 'site' | 'place' | 'cause' | 'target'> {
  readonly reasons: readonly string[]
  readonly restart: boolean
  readonly quiet: boolean
  readonly who: string
  readonly at: number
  readonly dueAt: number
}

export function newJob(id: number, { at, dueAt, reasons, restart, quiet, ...job }: Addition): RebootRow {
  return {
    id,
    ...job,
    state: 'waiting',
    reasons: JSON.stringify(reasons),
    restart: restart ? 1 : 0,
    quiet: quiet ? 1 : 0,
    queued_at: at,
    due_at: dueAt,
    next_at: dueAt,
    attempts: 0,
    node: null,
    claimed_at: null,
    sent_at: null,
    told_at: null,
    seen_at: null,
    last_result: null,
    last_detail: null,
  }
}

/**
 * One job does for both: all reasons, the sooner time, and the more of what is asked. Whoever has the job in hand loses
 * it, and what was tried so far counts no more. A device that is still as it was before the older change is reached
 * the same way as then.
 */
export function mergeJob(old: RebootRow, addition: Addition): RebootRow {
  const { reasons, restart, quiet, dueAt, at, ...job } = addition
  const due = sooner(old, addition)
  return {
    ...old,
    ...job,
    site: job.site ?? old.site,
    place: job.site === null && old.site !== null ? old.place : job.place,
    state: 'waiting',
    cause: old.cause === 'order' ? 'order' : job.cause,
    reasons: JSON.stringify([...new Set([...(JSON.parse(old.reasons) as string[]), ...reasons])]),
    restart: old.restart === 1 || restart ? 1 : 0,
    quiet: old.quiet === 1 && quiet ? 1 : 0,
    due_at: due,
    next_at: due,
    attempts: 0,
    node: null,
    claimed_at: null,
    target: old.target ?? job.target,
    ...(job.cause === 'order' ? neverTold : {}),
  }
}

/** A restart that is asked for is another one than that which was told already. */
const neverTold = { sent_at: null, told_at: null, seen_at: null }

function sooner(old: RebootRow, { cause, dueAt }: Addition): number {
  const planned = cause === 'order' && old.state !== 'waiting' ? null : old.next_at
  return planned === null ? dueAt : Math.min(planned, dueAt)
}
