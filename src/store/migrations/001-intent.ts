import type { CreateTableBuilder, Kysely } from 'kysely'
import type { Migration } from './migration.ts'

/** The intent, who changed it, and which devices a change concerns. */
export const intent: Migration = {
  version: 1,
  name: 'intent',
  async up(db) {
    await companies(db)
    await lines(db)
    await pickupGroups(db)
    await keys(db)
    await history(db)
  },
}

async function companies(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('counter')
    .addColumn('name', 'text', (c) => c.primaryKey())
    .addColumn('value', 'integer', (c) => c.notNull())
    .execute()
  await texts(
    db.schema
      .createTable('company')
      .addColumn('id', 'integer', (c) => c.primaryKey())
      .addColumn('name', 'text', (c) => c.notNull().unique())
      .addColumn('sip_port', 'integer'),
    [
      'locale',
      'timezone',
      'device_access',
      'sip_domain',
      'sip_transport',
      'key_during_call',
      'user_settings',
      'codes',
    ],
    ['open_networks', 'sip_proxy', 'quiet_hours', 'parameters'],
  ).execute()
  await texts(
    db.schema
      .createTable('site')
      .addColumn('id', 'integer', (c) => c.primaryKey())
      .addColumn('company_id', 'integer', (c) => c.notNull().references('company.id')),
    ['name'],
    ['address', 'timezone'],
  )
    .addUniqueConstraint('site_name', ['company_id', 'name'])
    .execute()
}

async function lines(db: Kysely<unknown>): Promise<void> {
  await texts(
    db.schema
      .createTable('line')
      .addColumn('id', 'integer', (c) => c.primaryKey())
      .addColumn('company_id', 'integer', (c) => c.notNull().references('company.id'))
      .addColumn('site_id', 'integer', (c) => c.notNull().references('site.id'))
      .addColumn('number', 'text', (c) => c.notNull().unique())
      .addColumn('email_key', 'text', (c) => c.unique()),
    ['kind'],
    ['first_name', 'last_name', 'name', 'email', 'short_number', 'sip_user', 'sip_user_key'],
  )
    .addColumn('sip_password', 'text')
    .addColumn('password_origin', 'text')
    .addUniqueConstraint('line_sip_user', ['sip_user_key', 'company_id'])
    .execute()
  await db.schema.createIndex('line_company').on('line').column('company_id').execute()
  await db.schema.createIndex('line_site').on('line').column('site_id').execute()
  await texts(
    db.schema
      .createTable('equipment')
      .addColumn('line_id', 'integer', (c) => c.primaryKey().references('line.id').onDelete('cascade'))
      .addColumn('port', 'integer', (c) => c.notNull()),
    ['model', 'expansion'],
    ['mac', 'use', 'parameters'],
  )
    .addUniqueConstraint('equipment_port', ['mac', 'port'])
    .execute()
}

async function pickupGroups(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('pickup_group')
    .addColumn('id', 'integer', (c) => c.primaryKey())
    .addColumn('site_id', 'integer', (c) => c.notNull().references('site.id').onDelete('cascade'))
    .addColumn('name', 'text', (c) => c.notNull())
    .addUniqueConstraint('pickup_group_name', ['site_id', 'name'])
    .execute()
  await db.schema
    .createTable('pickup_member')
    .addColumn('group_id', 'integer', (c) => c.notNull().references('pickup_group.id').onDelete('cascade'))
    .addColumn('position', 'integer', (c) => c.notNull())
    .addColumn('line_id', 'integer', (c) => c.notNull().unique().references('line.id').onDelete('cascade'))
    .addPrimaryKeyConstraint('pickup_member_place', ['group_id', 'position'])
    .execute()
}

async function keys(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('line_key')
    .addColumn('line_id', 'integer', (c) => c.notNull().references('line.id').onDelete('cascade'))
    .addColumn('position', 'integer', (c) => c.notNull())
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('target_line_id', 'integer', (c) => c.references('line.id'))
    .addColumn('number', 'text')
    .addColumn('label', 'text')
    .addPrimaryKeyConstraint('line_key_place', ['line_id', 'position'])
    .execute()
  await db.schema.createIndex('line_key_target').on('line_key').column('target_line_id').execute()
}

async function history(db: Kysely<unknown>): Promise<void> {
  await texts(
    db.schema
      .createTable('change')
      .addColumn('id', 'integer', (c) => c.primaryKey())
      .addColumn('at', 'bigint', (c) => c.notNull()),
    ['who', 'summary'],
  ).execute()
  await texts(
    db.schema
      .createTable('change_device')
      .addColumn('change_id', 'integer', (c) => c.notNull().references('change.id'))
      .addColumn('mac', 'text', (c) => c.notNull()),
    ['model', 'company', 'urgency', 'reasons', 'link'],
  )
    .addPrimaryKeyConstraint('change_device_place', ['change_id', 'mac'])
    .execute()
  await texts(
    db.schema
      .createTable('audit')
      .addColumn('id', 'integer', (c) => c.primaryKey())
      .addColumn('change_id', 'integer', (c) => c.notNull().references('change.id'))
      .addColumn('at', 'bigint', (c) => c.notNull()),
    ['who', 'source', 'what', 'company', 'subject', 'action'],
    ['before', 'after'],
  ).execute()
}

type Table = CreateTableBuilder<string, string>

function texts(table: Table, needed: readonly string[], optional: readonly string[] = []): Table {
  const whole = needed.reduce((t, name) => t.addColumn(name, 'text', (c) => c.notNull()), table)
  return optional.reduce((t, name) => t.addColumn(name, 'text'), whole)
}
