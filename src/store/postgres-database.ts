import { HandleEmptyInListsPlugin, Kysely, replaceWithNoncontingentExpression, sql } from 'kysely'
import pg from 'pg'
import { copyToFile } from './copy-file.ts'
import type { Database } from './database.ts'
import { ServerDialect } from './postgres-driver.ts'
import { channelOf, hearChanges, type News } from './postgres-news.ts'
import type { Queries, Tables } from './tables.ts'

export interface PostgresOptions {
  /** `postgresql://user:password@host/database`; it may hold a password, and is told to nobody. */
  readonly url: string
  /** How long a write waits for its turn, and for a connection, in milliseconds. */
  readonly patience: number
}

/** Numbers of 64 bits are ids, times and counts here: all of them are exact as numbers of JavaScript. */
const asNumbers = new Set<number>([pg.types.builtins.INT8, pg.types.builtins.NUMERIC])

/** The database that many servers may share. */
export async function openPostgresDatabase({ url, patience }: PostgresOptions): Promise<Database> {
  const pools: pg.Pool[] = []
  const connections = (max: number): Kysely<Tables> => {
    const pool = new pg.Pool({
      connectionString: url,
      max,
      application_name: 'bootline',
      connectionTimeoutMillis: patience,
      lock_timeout: patience,
      // One whose process hangs in the midst of a write must not keep all others from theirs.
      idle_in_transaction_session_timeout: 60_000,
      keepAlive: true,
      pipeline: true,
      types: {
        getTypeParser: (oid: number, format?: 'text' | 'binary') =>
          asNumbers.has(oid) ? Number : pg.types.getTypeParser(oid, format),
      },
    })
    // A connection that breaks while nothing is asked of it is replaced when it is needed.
    pool.on('error', () => {})
    pool.on('connect', (client) => client.on('error', () => {}))
    pools.push(pool)
    // SQLite takes a list without anything in it, in which nothing is found; PostgreSQL does not.
    const plugins = [new HandleEmptyInListsPlugin({ strategy: replaceWithNoncontingentExpression })]
    return new Kysely<Tables>({ dialect: new ServerDialect(pool), plugins })
  }
  // They have connections of their own: writes that wait for their turn must not take them all from who reads.
  const [writing, reading] = [connections(2), connections(6)]
  const heard: News[] = []
  return {
    writing,
    reading,
    isShared: true,
    async tables(db) {
      const { rows } = await sql<{ name: string }>`
        select table_name as name from information_schema.tables where table_schema = current_schema()`.execute(
        db,
      )
      return rows.map(({ name }) => name)
    },
    migrating: (_, __, work) => work(),
    afterStep: tellChanges,
    async isHealthy() {
      await sql`select 1`.execute(reading)
      return true
    },
    backup: (file) => copyToFile(reading, file),
    onChange(hear) {
      heard.push(hearChanges(url, hear))
    },
    async close() {
      await Promise.all(heard.map((news) => news.close()))
      await Promise.all([writing.destroy(), reading.destroy()])
    },
  }
}

/** Every change of the fleet leaves a row there, and those who listen hear of it when it is committed. */
async function tellChanges(db: Queries): Promise<void> {
  await sql`create or replace function bootline_changed() returns trigger language plpgsql as $$
    begin perform pg_notify(${sql.raw(channelOf)}, ''); return null; end $$`.execute(db)
  await sql`create or replace trigger bootline_changed after insert on change
    for each statement execute function bootline_changed()`.execute(db)
}
