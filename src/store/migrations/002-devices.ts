import { type Kysely, sql } from 'kysely'
import type { Migration } from './migration.ts'

/** What each device is at rest, what was delivered to whom, and who asked without being known. */
export const devices: Migration = {
  version: 2,
  name: 'devices',
  async up(db) {
    await device(db)
    await delivery(db)
    await discovered(db)
    await db.schema.createIndex('change_device_mac').on('change_device').column('mac').execute()
    await db.schema.createIndex('audit_change').on('audit').column('change_id').execute()
    await keepLinked(db)
  },
}

async function device(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('device')
    .addColumn('mac', 'text', (c) => c.primaryKey())
    .addColumn('model', 'text', (c) => c.notNull())
    .addColumn('company', 'text', (c) => c.notNull())
    .addColumn('site', 'text')
    .addColumn('state', 'text', (c) => c.notNull())
    .addColumn('linked_at', 'bigint')
    .addColumn('account_user', 'text', (c) => c.unique())
    .addColumn('account_password', 'text')
    .addColumn('window_opened_at', 'bigint')
    .addColumn('window_expires_at', 'bigint')
    .addColumn('window_source', 'text')
    .addColumn('window_first_contact_at', 'bigint')
    .addColumn('generation', 'integer', (c) => c.notNull())
    .addColumn('revision', 'text')
    .addColumn('revision_at', 'bigint')
    .addColumn('delivered_revision', 'text')
    .addColumn('delivered_at', 'bigint')
    .addColumn('first_seen_at', 'bigint')
    .addColumn('last_seen_at', 'bigint')
    .addColumn('last_source', 'text')
    .addColumn('last_user_agent', 'text')
    .addColumn('last_version', 'text')
    .execute()
  await db.schema.createIndex('device_company').on('device').columns(['company', 'mac']).execute()
}

async function delivery(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('delivery')
    .addColumn('id', 'integer', (c) => c.primaryKey())
    .addColumn('at', 'bigint', (c) => c.notNull())
    .addColumn('mac', 'text')
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('transport', 'text', (c) => c.notNull())
    .addColumn('method', 'text', (c) => c.notNull())
    .addColumn('status', 'integer', (c) => c.notNull())
    .addColumn('bytes', 'bigint', (c) => c.notNull())
    .addColumn('complete', 'integer', (c) => c.notNull())
    .addColumn('revision', 'text')
    .addColumn('source', 'text', (c) => c.notNull())
    .addColumn('user_agent', 'text')
    .addColumn('version', 'text')
    .addColumn('why', 'text')
    .execute()
  await db.schema.createIndex('delivery_mac').on('delivery').columns(['mac', 'at']).execute()
  await db.schema.createIndex('delivery_at').on('delivery').column('at').execute()
}

async function discovered(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('discovered')
    .addColumn('mac', 'text', (c) => c.primaryKey())
    .addColumn('maker', 'text', (c) => c.notNull())
    .addColumn('model', 'text')
    .addColumn('version', 'text')
    .addColumn('source', 'text', (c) => c.notNull())
    .addColumn('user_agent', 'text')
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('first_at', 'bigint', (c) => c.notNull())
    .addColumn('last_at', 'bigint', (c) => c.notNull())
    .addColumn('count', 'integer', (c) => c.notNull())
    .execute()
  await db.schema.createIndex('discovered_last').on('discovered').column('last_at').execute()
}

/** Devices linked before there was this table; they have no account yet, which no migration could seal. */
async function keepLinked(db: Kysely<unknown>): Promise<void> {
  await sql`
    insert into device (mac, model, company, site, state, generation)
    select equipment.mac, equipment.model, company.name, site.name, 'linked',
      (select count(*) from change_device where change_device.mac = equipment.mac)
    from equipment
    join line on line.id = equipment.line_id
    join company on company.id = line.company_id
    join site on site.id = line.site_id
    where equipment.port =
      (select min(other.port) from equipment as other where other.mac = equipment.mac)`.execute(db)
}
