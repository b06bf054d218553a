import { type RawBuilder, sql } from 'kysely'

type Columns = Readonly<Record<string, 'text' | 'bigint'>>
type Cells<C extends Columns> = {
  readonly [K in keyof C]: (C[K] extends 'text' ? string : number) | null
}

/**
 * Rows as a table of that name in front of a statement, so that one update gives many records a value each.
 * The types are said because PostgreSQL would take every value for a text.
 */
export function withRows<C extends Columns>(
  name: string,
  columns: C,
  rows: readonly Cells<C>[],
): RawBuilder<unknown> {
  const names = Object.keys(columns)
  const cells = (row: Cells<C>): RawBuilder<unknown>[] =>
    names.map((column) => sql`cast(${row[column]} as ${sql.raw(columns[column] ?? 'text')})`)
  const values = rows.map((row) => sql`(${sql.join(cells(row))})`)
  return sql`with ${sql.table(name)} (${sql.join(names.map((column) => sql.ref(column)))}) as
    (values ${sql.join(values)})`
}
