import { sql } from 'kysely'
import type { CompanyRow, LineRow, Queries, SiteRow } from './tables.ts'

interface Overwritable {
  company: CompanyRow
  site: SiteRow
  line: LineRow
}

/** Inserts new rows and overwrites those whose id is there already, all columns of all rows in one statement. */
export async function overwriting<T extends keyof Overwritable>(
  db: Queries,
  table: T,
  rows: readonly Overwritable[T][],
): Promise<void> {
  const columns = Object.keys(rows[0] ?? {}).filter((column) => column !== 'id')
  const values = rows as readonly (CompanyRow & SiteRow & LineRow)[]
  await db
    .insertInto(table as 'line')
    .values(values)
    .onConflict((c) =>
      c
        .column('id')
        .doUpdateSet(Object.fromEntries(columns.map((column) => [column, sql.ref(`excluded.${column}`)]))),
    )
    .execute()
}
