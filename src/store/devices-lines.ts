import { type RawBuilder, type SqlBool, sql } from 'kysely'
import { displayName } from '../domain/intent.ts'
import { gather } from './batches.ts'
import { anywhere } from './fold.ts'
import { lineSays, macPiece } from './line-says.ts'
import { given } from './rows.ts'
import type { Queries } from './tables.ts'

export interface LineOnDevice {
  readonly number: string
  readonly port: number
  readonly name: string
}

/** The lines that devices have, by their addresses, in the order of the ports. */
export async function linesOnDevices(
  db: Queries,
  macs: readonly string[],
): Promise<ReadonlyMap<string, readonly LineOnDevice[]>> {
  const rows = await gather(macs, (batch) =>
    db
      .selectFrom('equipment')
      .innerJoin('line', 'line.id', 'equipment.line_id')
      .select([
        'equipment.mac',
        'equipment.port',
        'line.number',
        'line.first_name',
        'line.last_name',
        'line.name',
      ])
      .where('equipment.mac', 'in', batch)
      .orderBy('equipment.port')
      .execute(),
  )
  const byMac = new Map<string, LineOnDevice[]>()
  for (const { mac, number, port, first_name, last_name, name } of rows) {
    if (mac === null) continue
    const named = {
      number,
      ...given('firstName', first_name),
      ...given('lastName', last_name),
      ...given('name', name),
    }
    byMac.set(mac, [...(byMac.get(mac) ?? []), { number, port, name: displayName(named) }])
  }
  return byMac
}

/** A condition on the table of devices, by what people type; a device that lost its lines is found by its MAC. */
export function deviceSays(text: string): RawBuilder<SqlBool> {
  const mac = macPiece(text)
  const own = mac ? sql`device.mac like ${anywhere(mac)}` : sql`1 = 0`
  return sql<SqlBool>`(${own} or device.mac in (select equipment.mac from equipment
    inner join line on line.id = equipment.line_id where ${lineSays(text)}))`
}
