import { gather } from './batches.ts'
import { takeIds } from './counters.ts'
import { insertRows } from './insert.ts'
import { writeEvents } from './reboots-events.ts'
import { type Addition, mergeJob, newJob } from './reboots-merge.ts'
import type { Queries } from './tables.ts'

/** Puts devices into the queue, each once: what is asked of one that is in it already is merged. */
export async function addJobs(db: Queries, additions: readonly Addition[]): Promise<void> {
  if (additions.length === 0) return
  const rows = await gather(
    additions.map((addition) => addition.mac),
    (batch) => db.selectFrom('reboot').selectAll().where('mac', 'in', batch).execute(),
  )
  const jobs = new Map(rows.map((row) => [row.mac, row]))
  const fresh = additions.filter(({ mac }) => !jobs.has(mac))
  const first = await takeIds(db, 'reboot', fresh.length)
  const merged = additions.flatMap((addition) => {
    const old = jobs.get(addition.mac)
    return old ? [mergeJob(old, addition)] : []
  })
  await insertRows(
    db,
    'reboot',
    [...fresh.map((addition, i) => newJob(first + i, addition)), ...merged],
    'overwrite',
  )
  await writeEvents(
    db,
    additions.map(({ mac, at, who, reasons }) => ({
      mac,
      at,
      what: jobs.has(mac) ? 'merged' : 'queued',
      detail: reasons.join(', '),
      who,
    })),
  )
}
