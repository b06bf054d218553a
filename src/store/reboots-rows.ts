import type { RebootJob } from './reboots.ts'
import { given } from './rows.ts'
import type { RebootRow } from './tables-reboots.ts'

export function jobOfRow(row: RebootRow): RebootJob {
  return {
    id: row.id,
    mac: row.mac,
    model: row.model,
    company: row.company,
    ...given('site', row.site),
    place: row.place,
    state: row.state,
    cause: row.cause,
    reasons: JSON.parse(row.reasons),
    restart: row.restart === 1,
    quiet: row.quiet === 1,
    who: row.who,
    queuedAt: row.queued_at,
    dueAt: row.due_at,
    attempts: row.attempts,
    ...given('toldAt', row.told_at),
    ...given('lastResult', row.last_result),
    ...given('lastDetail', row.last_detail),
  }
}

/** Devices of one site must not boot as one; of a device without a site, its address says with whom it stands. */
export function placeOf(company: string, site: string | null, address: string | null): string {
  return site === null ? (address ?? company) : `${company} / ${site}`
}
