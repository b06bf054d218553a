import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { insertRows } from './insert.ts'
import type { Queries, Tables } from './tables.ts'

/** Every table, those that others refer to first, and what its rows are told apart by. */
const order: readonly (readonly [keyof Tables, readonly [string, ...string[]]])[] = Object.entries({
  meta: ['name'],
  counter: ['name'],
  company: ['id'],
  company_deletion: ['company_id'],
  site: ['id'],
  line: ['id'],
  equipment: ['line_id'],
  pickup_group: ['id'],
  pickup_member: ['group_id', 'position'],
  line_key: ['line_id', 'position'],
  key_layout: ['id'],
  change: ['id'],
  change_device: ['change_id', 'mac'],
  audit: ['id'],
  device: ['mac'],
  device_visits: ['mac'],
  device_history: ['id'],
  device_taken: ['mac'],
  delivery: ['id'],
  discovered: ['mac'],
  reboot: ['id'],
  reboot_event: ['id'],
  hook_message: ['id'],
  replay: ['scope', 'key'],
  import_job: ['id'],
  person: ['id'],
  recovery_code: ['person_id', 'hash'],
  token: ['id'],
  scope_place: ['id'],
  session: ['id'],
  sign_in_link: ['hash'],
  sign_in_event: ['id'],
  guess: ['key'],
} satisfies Record<keyof Tables, [string, ...string[]]>) as [keyof Tables, [string, ...string[]]][]

/** What a table holds, in a word: two tables of the same rows have the same digest, in whatever database. */
export interface Held {
  readonly table: keyof Tables
  readonly rows: number
  readonly digest: string
}

/** Copies all rows into tables that are empty but for what a new database has; says how many are done. */
export async function copyTables(
  from: Queries,
  to: Queries,
  tell: (done: number) => void,
): Promise<readonly Held[]> {
  await to.deleteFrom('meta').execute()
  return readTables(from, tell, (table, rows) => insertRows(to, table, rows))
}

/** What all tables hold; `take` is given their rows, page by page. */
export async function readTables(
  db: Queries,
  tell: (done: number) => void = () => {},
  take: (table: keyof Tables, rows: readonly Row[]) => Promise<void> = async () => {},
): Promise<readonly Held[]> {
  const held: Held[] = []
  let done = 0
  for (const [table, keys] of order) {
    const digest = createHash('sha256')
    let count = 0
    for (
      let page = await pageOf(db, table, keys);
      page.length > 0;
      page = await pageOf(db, table, keys, page.at(-1))
    ) {
      for (const row of page) digest.update(`${JSON.stringify(entriesOf(row))}\n`)
      await take(table, page)
      count += page.length
      done += page.length
      tell(done)
    }
    held.push({ table, rows: count, digest: digest.digest('hex') })
  }
  return held
}

const pageSize = 500

/** Rows as they are in the table that is asked for: which one, only its name says. */
type Row = Tables[keyof Tables]

async function pageOf(
  db: Queries,
  table: string,
  keys: readonly string[],
  after?: Row,
): Promise<readonly Row[]> {
  const named = sql.join(keys.map((key) => sql.ref(key)))
  const cells = after as unknown as Readonly<Record<string, unknown>> | undefined
  const later = cells ? sql`where (${named}) > (${sql.join(keys.map((key) => cells[key]))})` : sql``
  const { rows } = await sql<Row>`
    select * from ${sql.table(table)} ${later} order by ${named} limit ${pageSize}`.execute(db)
  return rows
}

/** In one order, whatever order the columns have: a column may have been added elsewhere at another time. */
function entriesOf(row: Row): readonly (readonly [string, unknown])[] {
  return Object.entries(row)
    .map(([name, value]) => [name, Buffer.isBuffer(value) ? value.toString('base64') : value] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1))
}
