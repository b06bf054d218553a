import { type Kysely, sql } from 'kysely'
import { notOurs } from './feed-errors.ts'

/** What the registrar's database holds. Only `subscriber` and `version` are for others to read. */
export interface FeedTables {
  bootline_account: FeedRow
  /** How far the accounts are: `mark`. */
  bootline_feed: { name: string; value: string }
  version: { id: number; table_name: string; table_version: number }
}

export interface FeedRow {
  id: number
  number: string
  company: string
  username: string
  domain: string
  ha1: string
  ha1b: string
  ha1_sha256: string
}

export type FeedQueries = Kysely<FeedTables>

/** The form of `subscriber` that Kamailio's auth_db asks for. */
const subscriberVersion = 7

/**
 * Makes tables and view where they are missing; `present` are the names the database has already. The view shows the columns that Kamailio's own table has; there is no
 * password to show. Whoever may read the view needs no right on what is behind it.
 */
export async function prepareFeed(db: FeedQueries, present: readonly string[]): Promise<void> {
  if (present.includes('bootline_account')) return
  const strange = present.find((name) => name === 'subscriber' || name === 'version' || name === 'meta')
  if (strange !== undefined) throw notOurs(`it holds a table ${strange} already`)
  await db.schema
    .createTable('bootline_account')
    .addColumn('id', 'integer', (c) => c.primaryKey())
    .addColumn('number', 'varchar(64)', (c) => c.notNull())
    .addColumn('company', 'varchar(255)', (c) => c.notNull())
    .addColumn('username', 'varchar(64)', (c) => c.notNull())
    .addColumn('domain', 'varchar(255)', (c) => c.notNull())
    .addColumn('ha1', 'varchar(128)', (c) => c.notNull())
    .addColumn('ha1b', 'varchar(128)', (c) => c.notNull())
    .addColumn('ha1_sha256', 'varchar(128)', (c) => c.notNull())
    .addUniqueConstraint('bootline_account_user', ['username', 'domain'])
    .execute()
  await db.schema.createIndex('bootline_account_number').on('bootline_account').column('number').execute()
  await db.schema.createIndex('bootline_account_company').on('bootline_account').column('company').execute()
  await db.schema
    .createTable('bootline_feed')
    .addColumn('name', 'varchar(32)', (c) => c.primaryKey())
    .addColumn('value', 'varchar(64)', (c) => c.notNull())
    .execute()
  await db.schema
    .createTable('version')
    .addColumn('id', 'integer', (c) => c.primaryKey())
    .addColumn('table_name', 'varchar(32)', (c) => c.notNull().unique())
    .addColumn('table_version', 'integer', (c) => c.notNull())
    .execute()
  await db
    .insertInto('version')
    .values({ id: 1, table_name: 'subscriber', table_version: subscriberVersion })
    .execute()
  await sql`create view subscriber as
    select id, username, domain, cast('' as varchar(64)) as password, ha1, ha1b, ha1_sha256
    from bootline_account`.execute(db)
}
