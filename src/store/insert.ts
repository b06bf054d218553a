import { CompiledQuery, sql } from 'kysely'
import { inFewSizes } from './batches.ts'
import { builtOnce } from './statements.ts'
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
  await inFewSizes(rows, async (batch) => {
    const columns = Object.keys(batch[0] ?? {})
    const values = batch.flatMap((row) => {
      const cells = row as unknown as Readonly<Record<string, unknown>>
      return columns.map((column) => cells[column])
    })
    const shape = [clash, table, batch.length, ...columns].join(' ')
    const text = builtOnce(db, shape, () => build(db, table, columns, batch.length, clash))
    await db.executeQuery(CompiledQuery.raw(text, values))
  })
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
