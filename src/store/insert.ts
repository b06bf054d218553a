import { CompiledQuery, sql } from 'kysely'
import { inBatches } from './batches.ts'
import type { Queries, Tables } from './tables.ts'

/** What to do with a row that is there already, by its id or MAC: a conflict, or the new state of that record. */
export type Clash = 'refuse' | 'overwrite'

/** Writes rows of one shape, many in a statement. */
export async function insertRows<T extends keyof Tables>(
  db: Queries,
  table: T,
  rows: readonly Tables[T][],
  clash: Clash = 'refuse',
): Promise<void> {
  await inBatches(rows, async (batch) => {
    const columns = Object.keys(batch[0] ?? {})
    const values = batch.flatMap((row) => {
      const cells = row as unknown as Readonly<Record<string, unknown>>
      return columns.map((column) => cells[column])
    })
    await db.executeQuery(CompiledQuery.raw(statement(db, table, columns, batch.length, clash), values))
  })
}

/**
 * Building a statement of thousands of values costs more than running it, and all full batches of a table
 * share one: it is built once for a transaction.
 */
const statements = new WeakMap<Queries, Map<string, string>>()

function statement(
  db: Queries,
  table: keyof Tables,
  columns: readonly string[],
  count: number,
  clash: Clash,
): string {
  const built = statements.get(db) ?? new Map<string, string>()
  statements.set(db, built)
  const shape = [clash, table, count, ...columns].join(' ')
  const text = built.get(shape) ?? build(db, table, columns, count, clash)
  built.set(shape, text)
  return text
}

function build(
  db: Queries,
  table: keyof Tables,
  columns: readonly string[],
  count: number,
  clash: Clash,
): string {
  const names = sql.join(columns.map((column) => sql.ref(column)))
  const row = sql`(${sql.join(columns.map(() => 0))})`
  const insert = sql`insert into ${sql.table(table)} (${names}) values ${sql.join(new Array(count).fill(row))}`
  if (clash === 'refuse') return insert.compile(db).sql
  const identity = columns.includes('id') ? 'id' : 'mac'
  const changed = columns.filter((column) => column !== identity)
  const updates = changed.map((column) => sql`${sql.ref(column)} = ${sql.ref(`excluded.${column}`)}`)
  return sql`${insert} on conflict (${sql.ref(identity)}) do update set ${sql.join(updates)}`.compile(db).sql
}
