import { gather } from './batches.ts'
import { findGeneration } from './claims.ts'
import { type DeviceState, type DeviceStatus, stateOfRow, statusOfRow } from './devices-rows.ts'
import type { Sealer } from './seal.ts'
import type { Queries } from './tables.ts'

/** Some company is not open to all: then no answer may tell a known MAC from an unknown one. */
export async function anyGuarded(db: Queries): Promise<boolean> {
  const row = await db
    .selectFrom('company')
    .select('id')
    .where('device_access', '<>', 'open')
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

export async function deviceState(
  db: Queries,
  sealer: Sealer,
  mac: string,
): Promise<DeviceState | undefined> {
  const row = await db.selectFrom('device').selectAll().where('mac', '=', mac).executeTakeFirst()
  return row && stateOfRow(row, sealer)
}

export async function deviceByAccount(
  db: Queries,
  sealer: Sealer,
  user: string,
): Promise<DeviceState | undefined> {
  const row = await db.selectFrom('device').selectAll().where('account_user', '=', user).executeTakeFirst()
  return row && stateOfRow(row, sealer)
}

/** The next addresses in order, to walk all devices by the last one of the page before. */
export async function devicePage(
  db: Queries,
  after: string | undefined,
  limit: number,
): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('device')
    .select('mac')
    .where('mac', '>', after ?? '')
    .orderBy('mac')
    .limit(limit)
    .execute()
  return rows.map((row) => row.mac)
}

export interface StatesQuery {
  /** By name; absent means all. */
  readonly company?: string
  readonly limit: number
  /** The last MAC of the page before. */
  readonly after?: string
}

export async function deviceStates(
  db: Queries,
  { company, limit, after = '' }: StatesQuery,
): Promise<readonly DeviceStatus[]> {
  const page = db.selectFrom('device').selectAll().where('mac', '>', after).orderBy('mac').limit(limit)
  const rows = await (company === undefined ? page : page.where('company', '=', company)).execute()
  return rows.map(statusOfRow)
}

export interface ChangedDevices {
  /** What to ask with the next time. */
  readonly generation: number
  readonly macs: readonly string[]
}

/**
 * Devices that changes after this generation concern, forgotten ones among them: those whose files differ, and all of
 * a company whose settings differ, since these also say who may have the files.
 */
export async function changedSince(db: Queries, generation: number): Promise<ChangedDevices> {
  const newest = await findGeneration(db)
  const concerned = await db
    .selectFrom('change_device')
    .select('mac')
    .distinct()
    .where('change_id', '>', generation)
    .execute()
  const companies = await db
    .selectFrom('audit')
    .select('company')
    .distinct()
    .where('change_id', '>', generation)
    .where('what', '=', 'company')
    .execute()
  const theirs = await gather(
    companies.map((row) => row.company),
    (names) => db.selectFrom('device').select('mac').where('company', 'in', names).execute(),
  )
  return { generation: newest, macs: [...new Set([...concerned, ...theirs].map((row) => row.mac))].sort() }
}
