import { CompiledQuery, type RawBuilder, sql } from 'kysely'
import { inFewSizes } from './batches.ts'
import { builtOnce } from './statements.ts'
import type { Queries } from './tables.ts'

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

/** Runs a statement that takes rows by that name, many at a time; it has no values of its own. */
export async function runWithRows<C extends Columns>(
  db: Queries,
  name: string,
  columns: C,
  rows: readonly Cells<C>[],
  statement: string,
): Promise<void> {
  await inFewSizes(rows, async (batch) => {
    const text = builtOnce(
      db,
      `${name} ${batch.length} ${statement}`,
      () => sql`${withRows(name, columns, batch)} ${sql.raw(statement)}`.compile(db).sql,
    )
    const values = batch.flatMap((row) => Object.keys(columns).map((column) => row[column]))
    await db.executeQuery(CompiledQuery.raw(text, values))
  })
}
