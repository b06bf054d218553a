import { sql } from 'kysely'
import { builtOnce, runEach } from './statements.ts'
import type { Queries, Tables } from './tables.ts'

/** What to do with a row that is there already, by its id or MAC: a conflict, or the new state of that record. */
export type Clash = 'refuse' | 'overwrite'

/** Writes rows of one shape. */
export async function insertRows<T extends keyof Tables>(
  db: Queries,
  table: T,
  rows: readonly Tables[T][],
  clash: Clash = 'refuse',
): Promise<void> {
  const columns = Object.keys(rows[0] ?? {})
  if (columns.length === 0) return
  const text = builtOnce(db, [clash, table, ...columns].join(' '), () => build(db, table, columns, clash))
  const values = rows.map((row) => {
    const cells = row as unknown as Readonly<Record<string, unknown>>
    return columns.map((column) => cells[column])
  })
  await runEach(db, text, values)
}

function build(db: Queries, table: keyof Tables, columns: readonly string[], clash: Clash): string {
  const names = sql.join(columns.map((column) => sql.ref(column)))
  const insert = sql`insert into ${sql.table(table)} (${names}) values (${sql.join(columns.map(() => 0))})`
  if (clash === 'refuse') return insert.compile(db).sql
  const identity = columns.includes('id') ? 'id' : 'mac'
  const changed = columns.filter((column) => column !== identity)
  const updates = changed.map((column) => sql`${sql.ref(column)} = ${sql.ref(`excluded.${column}`)}`)
  return sql`${insert} on conflict (${sql.ref(identity)}) do update set ${sql.join(updates)}`.compile(db).sql
}
