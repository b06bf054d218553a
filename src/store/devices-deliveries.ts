import { takeIds } from './counters.ts'
import type { Delivery, DeliveryRecord } from './delivery.ts'
import { withElsewhere } from './devices-elsewhere.ts'
import { saveDelivered, saveSeen } from './devices-seen.ts'
import { saveVisits } from './devices-visits.ts'
import { insertRows } from './insert.ts'
import { given } from './rows.ts'
import type { Queries } from './tables.ts'
import type { DeliveryRow } from './tables-devices.ts'

/** `isShared`: other servers write records of the same devices. */
export async function recordDeliveries(
  db: Queries,
  batch: readonly DeliveryRecord[],
  isShared = false,
): Promise<void> {
  const first = await takeIds(db, 'delivery', batch.length)
  await insertRows(
    db,
    'delivery',
    batch.map((record, i) => deliveryRow(first + i, record)),
  )
  await saveVisits(db, batch)
  await saveSeen(db, batch)
  await saveDelivered(db, isShared ? await withElsewhere(db, batch) : batch)
}

/** The newest first. */
export async function deliveriesOf(db: Queries, mac: string, limit: number): Promise<readonly Delivery[]> {
  const rows = await newest(db).where('mac', '=', mac).limit(limit).execute()
  return rows.map(deliveryOfRow)
}

/** The newest first, those of unknown devices among them. */
export async function recentDeliveries(db: Queries, limit: number): Promise<readonly Delivery[]> {
  return (await newest(db).limit(limit).execute()).map(deliveryOfRow)
}

/** Which devices asked after a delivery, each with when it asked first; of a great rush, the latest. */
export interface Visits {
  /** The latest delivery, to go on from. */
  readonly last: number
  readonly macs: ReadonlyMap<string, number>
}

export async function visitsSince(db: Queries, id: number, limit: number): Promise<Visits> {
  const rows = await db
    .selectFrom('delivery')
    .select(['id', 'mac', 'at'])
    .where('id', '>', id)
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
  const macs = new Map(rows.flatMap(({ mac, at }) => (mac === null ? [] : [[mac, Number(at)] as const])))
  return { last: Number(rows[0]?.id ?? id), macs }
}

function newest(db: Queries) {
  return db.selectFrom('delivery').selectAll().orderBy('at', 'desc').orderBy('id', 'desc')
}

/** Removes some of what is older, a short transaction's worth; returns how many, 0 when nothing is left to remove. */
export async function pruneSomeDeliveries(db: Queries, before: number): Promise<number> {
  const oldest = db.selectFrom('delivery').select('id').where('at', '<', before).orderBy('at').limit(5000)
  const { numDeletedRows } = await db.deleteFrom('delivery').where('id', 'in', oldest).executeTakeFirst()
  return Number(numDeletedRows)
}

function deliveryRow(id: number, record: DeliveryRecord): DeliveryRow {
  const { at, mac, name, kind, transport, method, status, bytes, source } = record
  return {
    id,
    at,
    mac: mac ?? null,
    name,
    kind,
    transport,
    method,
    status,
    bytes,
    complete: record.complete ? 1 : 0,
    revision: record.revision ?? null,
    source,
    user_agent: record.userAgent ?? null,
    version: record.version ?? null,
    why: record.why ?? null,
  }
}

function deliveryOfRow({
  id,
  mac,
  complete,
  revision,
  user_agent,
  version,
  why,
  ...row
}: DeliveryRow): Delivery {
  return {
    ...row,
    ...given('mac', mac),
    complete: complete === 1,
    ...given('revision', revision),
    ...given('userAgent', user_agent),
    ...given('version', version),
    ...given('why', why),
  }
}
