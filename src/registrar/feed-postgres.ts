import { Kysely, PostgresDialect, sql } from 'kysely'
import pg from 'pg'
import { StoreError } from '../store/errors.ts'
import { errorCode } from '../store/files.ts'
import { FeedError, unreachable } from './feed-errors.ts'
import type { FeedStorage } from './feed-storage.ts'
import { type FeedQueries, type FeedTables, prepareFeed } from './feed-tables.ts'

/** Any number that nobody else locks by: all writers of this feed wait for each other on it. */
const lock = 1_112_494_897

export async function openPostgresFeed(url: string): Promise<FeedStorage> {
  const pool = new pg.Pool({
    connectionString: url,
    max: 1,
    connectionTimeoutMillis: 5000,
    statement_timeout: 30_000,
    application_name: 'bootline',
  })
  // A connection that breaks while it rests is replaced when it is needed.
  pool.on('error', () => {})
  const db = new Kysely<FeedTables>({ dialect: new PostgresDialect({ pool }) })
  return {
    async write(work) {
      try {
        return await db.transaction().execute(async (transaction) => {
          await sql`select pg_advisory_xact_lock(${lock})`.execute(transaction)
          await prepareFeed(transaction, await visibleTables(transaction))
          return work(transaction)
        })
      } catch (error) {
        // What the store or this feed says of itself is not PostgreSQL's word.
        throw error instanceof FeedError || error instanceof StoreError ? error : failure(error)
      }
    },
    close: () => db.destroy(),
  }
}

/** Those that a name without a schema means, for this user: another's tables of the same name are no matter. */
async function visibleTables(db: FeedQueries): Promise<readonly string[]> {
  const { rows } = await sql<{ name: string }>`
    select relname as name from pg_catalog.pg_class
    where relkind in ('r', 'p', 'v', 'm', 'f') and pg_catalog.pg_table_is_visible(oid)
      and relnamespace <> 'pg_catalog'::regnamespace`.execute(db)
  return rows.map(({ name }) => name)
}

/** What the server says may quote a row; its code says enough. */
function failure(error: unknown): Error {
  const code = errorCode(error) ?? (error instanceof Error ? error.message : 'unknown')
  return unreachable(`PostgreSQL answers ${code}`)
}
