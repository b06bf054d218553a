import type { Line } from '../domain/intent.ts'
import { gather, groupBy } from './batches.ts'
import { keysOfRows, lineOfRow } from './rows.ts'
import { linePassword, type Sealer } from './seal.ts'
import type { EquipmentRow, KeyRow, LineRow, Queries } from './tables.ts'

/** What belongs to lines and stands in tables of its own, by line. */
export interface LineTables {
  readonly equipment: ReadonlyMap<number, EquipmentRow>
  readonly keys: ReadonlyMap<number, readonly KeyRow[]>
}

export async function readLineTables(db: Queries, lineIds: readonly number[]): Promise<LineTables> {
  const equipment = await gather(lineIds, (batch) =>
    db.selectFrom('equipment').selectAll().where('line_id', 'in', batch).execute(),
  )
  const keys = await gather(lineIds, (batch) =>
    db
      .selectFrom('line_key')
      .selectAll()
      .where('line_id', 'in', batch)
      .orderBy('line_id')
      .orderBy('position')
      .execute(),
  )
  return {
    equipment: new Map(equipment.map((row) => [row.line_id, row])),
    keys: groupBy(keys, (key) => key.line_id),
  }
}

export interface Names {
  readonly sites: ReadonlyMap<number, string>
  readonly numbers: ReadonlyMap<number, string>
}

/** A line whole; without a sealer it comes without its password. */
export function wholeLine(
  row: LineRow,
  { equipment, keys }: LineTables,
  { sites, numbers }: Names,
  sealer: Sealer | undefined,
): Line {
  return lineOfRow(row, {
    site: known(sites, row.site_id),
    password:
      sealer && row.sip_password !== null
        ? sealer.open(row.sip_password, linePassword(row.number))
        : undefined,
    equipment: equipment.get(row.id),
    keys: keysOfRows(keys.get(row.id) ?? [], (id) => known(numbers, id)),
  })
}

/** References are kept by the database; one that leads nowhere is a fault to stop at, not to render. */
export function known(names: ReadonlyMap<number, string>, id: number): string {
  const name = names.get(id)
  if (name === undefined) throw new Error(`the store refers to record ${id}, which is not where it should be`)
  return name
}
