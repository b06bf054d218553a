import { sql } from 'kysely'
import { gather, inBatches } from './batches.ts'
import { takeIds } from './counters.ts'
import { insertRows } from './insert.ts'
import type { Queries } from './tables.ts'
import type { HistoryRow } from './tables-visits.ts'

/** Something a device changed of itself. */
export type HistoryEntry = Omit<HistoryRow, 'id'>

/** Whoever invents names for himself fills this much of a device's history, and no more. */
export const historyKept = 100

/**
 * A boot loader and the firmware it starts call themselves by turns by another name: only a name the device has not
 * borne before is news.
 */
export async function saveHistory(db: Queries, entries: readonly HistoryEntry[]): Promise<void> {
  if (entries.length === 0) return
  const macs = [...new Set(entries.map(({ mac }) => mac))]
  const borne = await namesBorne(db, macs)
  const news = entries.filter(({ mac, what, before, after }) => {
    if (what !== 'user-agent') return true
    const names = borne.get(mac) ?? new Set()
    borne.set(mac, names)
    const isNew = !names.has(after)
    names.add(before).add(after)
    return isNew
  })
  if (news.length === 0) return
  const first = await takeIds(db, 'device_history', news.length)
  await insertRows(
    db,
    'device_history',
    news.map((entry, i) => ({ id: first + i, ...entry })),
  )
  await inBatches([...new Set(news.map(({ mac }) => mac))], (batch) => forgetOldest(db, batch))
}

async function namesBorne(db: Queries, macs: readonly string[]): Promise<Map<string, Set<string>>> {
  const rows = await gather(macs, (batch) =>
    db
      .selectFrom('device_history')
      .select(['mac', 'before', 'after'])
      .where('mac', 'in', batch)
      .where('what', '=', 'user-agent')
      .execute(),
  )
  const borne = new Map<string, Set<string>>()
  for (const { mac, before, after } of rows) {
    const names = borne.get(mac) ?? new Set()
    borne.set(mac, names.add(before).add(after))
  }
  return borne
}

async function forgetOldest(db: Queries, macs: readonly string[]): Promise<void> {
  await sql`delete from device_history where id in (
    select id from (
      select id, row_number() over (partition by mac order by id desc) as age
      from device_history where mac in (${sql.join(macs)})
    ) as aged where age > ${historyKept})`.execute(db)
}

/** The newest first. */
export async function historyOf(db: Queries, mac: string, limit: number): Promise<readonly HistoryEntry[]> {
  const rows = await db
    .selectFrom('device_history')
    .selectAll()
    .where('mac', '=', mac)
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
  return rows.map(({ id: _, ...entry }) => entry)
}
