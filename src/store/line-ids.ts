import { gather } from './batches.ts'
import type { Queries } from './tables.ts'

/** The ids of those lines that exist, by number. */
export async function idsOfNumbers(
  db: Queries,
  numbers: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const rows = await gather([...new Set(numbers)], (batch) =>
    db.selectFrom('line').select(['id', 'number']).where('number', 'in', batch).execute(),
  )
  return new Map(rows.map((row) => [row.number, row.id]))
}
