import { inBatches } from './batches.ts'
import { takeIds } from './counters.ts'
import { insertRows } from './insert.ts'
import type { RebootEvent } from './reboots.ts'
import { given } from './rows.ts'
import type { Queries } from './tables.ts'

/** An event as it is written down; `place` says whose rate a tell counts against. */
export type NewEvent = RebootEvent & { readonly place?: string }

export async function writeEvents(db: Queries, events: readonly NewEvent[]): Promise<void> {
  if (events.length === 0) return
  const first = await takeIds(db, 'reboot_event', events.length)
  await insertRows(
    db,
    'reboot_event',
    events.map(({ mac, at, what, detail, who, place }, i) => ({
      id: first + i,
      mac,
      at,
      what,
      detail: detail ?? null,
      who: who ?? null,
      place: place ?? null,
    })),
  )
}

/** The newest first. */
export async function eventsOf(db: Queries, mac: string, limit: number): Promise<readonly RebootEvent[]> {
  const rows = await db
    .selectFrom('reboot_event')
    .selectAll()
    .where('mac', '=', mac)
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
  return rows.map((row) => ({
    mac: row.mac,
    at: row.at,
    what: row.what,
    ...given('detail', row.detail),
    ...given('who', row.who),
  }))
}

/** Removes some of what is older, a short transaction's worth; returns how many, 0 when nothing is left to remove. */
export async function pruneSomeEvents(db: Queries, before: number): Promise<number> {
  const oldest = db.selectFrom('reboot_event').select('id').where('at', '<', before).orderBy('at').limit(5000)
  const { numDeletedRows } = await db.deleteFrom('reboot_event').where('id', 'in', oldest).executeTakeFirst()
  return Number(numDeletedRows)
}

/** Ends the jobs of devices that are forgotten: nobody is left to take anything. */
export async function forgetJobs(db: Queries, macs: readonly string[], at: number): Promise<void> {
  const gone: string[] = []
  await inBatches(macs, async (batch) => {
    const rows = await db.deleteFrom('reboot').where('mac', 'in', batch).returning('mac').execute()
    gone.push(...rows.map((row) => row.mac))
  })
  await writeEvents(
    db,
    gone.map((mac) => ({
      mac,
      at,
      what: 'given-up',
      detail: 'it did not come for its neutral configuration',
    })),
  )
}
