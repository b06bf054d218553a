import { openWindow } from '../domain/window.ts'
import { gather } from './batches.ts'
import { accountColumns, type MakeAccount, windowColumns, windowOfRow } from './devices-rows.ts'
import { insertRows } from './insert.ts'
import { forgetJobs } from './reboots-events.ts'
import type { Sealer } from './seal.ts'
import type { Queries } from './tables.ts'

/**
 * Gives an account, and a window to fetch it in, to devices linked by a version that kept none; returns how many.
 * To be called at the start of a server, before it reads the devices.
 */
export async function completeDevices(
  db: Queries,
  sealer: Sealer,
  makeAccount: MakeAccount,
  at: number,
): Promise<number> {
  const lacking = await db
    .selectFrom('device')
    .select('mac')
    .where('state', '=', 'linked')
    .where('account_user', 'is', null)
    .execute()
  const rows = await gather(
    lacking.map((row) => row.mac),
    (batch) => db.selectFrom('device').selectAll().where('mac', 'in', batch).execute(),
  )
  const completed = rows.map((row) => ({
    ...row,
    ...accountColumns(row.mac, makeAccount(), sealer),
    ...windowColumns(windowOfRow(row) ?? openWindow(at)),
  }))
  await insertRows(db, 'device', completed, 'overwrite')
  return completed.length
}

/** Forgets unlinked devices that did not come in time for their neutral configuration; returns which. */
export async function pruneDevices(db: Queries, now: number): Promise<readonly string[]> {
  const rows = await db
    .deleteFrom('device')
    .where('state', '=', 'neutral')
    .where('window_expires_at', '<=', now)
    .returning('mac')
    .execute()
  const forgotten = rows.map((row) => row.mac)
  await forgetJobs(db, forgotten, now)
  return forgotten
}
