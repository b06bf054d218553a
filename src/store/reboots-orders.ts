import { gather } from './batches.ts'
import type { Order } from './reboots.ts'
import { writeEvents } from './reboots-events.ts'
import { placeOf } from './reboots-rows.ts'
import { addJobs } from './reboots-write.ts'
import type { Queries } from './tables.ts'

/** Somebody wants these devices to restart, whether they have new files or not. */
export async function orderReboots(db: Queries, { macs, dueAt, who, at }: Order): Promise<readonly string[]> {
  const devices = await gather([...new Set(macs)], (batch) =>
    db
      .selectFrom('device')
      .select(['mac', 'model', 'company', 'site', 'last_source'])
      .where('mac', 'in', batch)
      .orderBy('mac')
      .execute(),
  )
  await addJobs(
    db,
    devices.map(({ mac, model, company, site, last_source }) => ({
      mac,
      model,
      company,
      site,
      place: placeOf(company, site, last_source),
      cause: 'order',
      reasons: ['restart asked for'],
      restart: true,
      quiet: false,
      who,
      at,
      dueAt,
      target: null,
    })),
  )
  return devices.map((device) => device.mac)
}

export async function cancelReboots(
  db: Queries,
  macs: readonly string[],
  who: string,
  at: number,
): Promise<readonly string[]> {
  const rows = await gather([...new Set(macs)], (batch) =>
    db.deleteFrom('reboot').where('mac', 'in', batch).returning('mac').execute(),
  )
  const cancelled = rows.map((row) => row.mac).sort()
  await writeEvents(
    db,
    cancelled.map((mac) => ({ mac, at, what: 'cancelled', who })),
  )
  return cancelled
}

/** Whoever says when has decided against the quiet hours; what was tried so far counts no more. */
export async function rescheduleReboots(
  db: Queries,
  macs: readonly string[],
  dueAt: number,
  who: string,
  at: number,
): Promise<readonly string[]> {
  const detail = `due ${new Date(dueAt).toISOString()}`
  const moved: string[] = []
  for (const [state, what] of [
    ['given-up', 'retried'],
    ['waiting', 'rescheduled'],
  ] as const) {
    const left = [...new Set(macs)].filter((mac) => !moved.includes(mac))
    const rows = await gather(left, (batch) =>
      db
        .updateTable('reboot')
        .set({ state: 'waiting', due_at: dueAt, next_at: dueAt, attempts: 0, quiet: 0 })
        .where('mac', 'in', batch)
        .where('state', '=', state)
        .returning('mac')
        .execute(),
    )
    const changed = rows.map((row) => row.mac).sort()
    await writeEvents(
      db,
      changed.map((mac) => ({ mac, at, what, detail, who })),
    )
    moved.push(...changed)
  }
  return moved
}
