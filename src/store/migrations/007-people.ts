import type { CreateTableBuilder, Kysely } from 'kysely'
import type { Migration } from './migration.ts'

/** Who may use the admin plane: people, programs, how they sign in, and who has tried to. */
export const people: Migration = {
  version: 7,
  name: 'people',
  async up(db) {
    await persons(db)
    await tokens(db)
    await scopes(db)
    await doors(db)
    await watch(db)
  },
}

async function persons(db: Kysely<unknown>): Promise<void> {
  await texts(identified(db, 'person'), ['email', 'name', 'role', 'locale'], ['password', 'totp', 'subject'])
    .addColumn('email_key', 'text', (c) => c.notNull().unique())
    .addColumn('line_id', 'integer', (c) => c.references('line.id').onDelete('set null'))
    .addColumn('totp_since', 'bigint')
    .addColumn('totp_step', 'bigint')
    .addColumn('disabled_at', 'bigint')
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .addColumn('last_sign_in_at', 'bigint')
    .execute()
  await db.schema.createIndex('person_line').on('person').column('line_id').execute()
  await db.schema.createIndex('person_subject').on('person').column('subject').unique().execute()
  await db.schema
    .createTable('recovery_code')
    .addColumn('person_id', 'integer', (c) => c.notNull().references('person.id').onDelete('cascade'))
    .addColumn('hash', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('recovery_code_key', ['person_id', 'hash'])
    .execute()
}

async function tokens(db: Kysely<unknown>): Promise<void> {
  await texts(identified(db, 'token'), ['name', 'role', 'maker'], ['last_used_from'])
    .addColumn('hash', 'text', (c) => c.notNull().unique())
    .addColumn('line_id', 'integer', (c) => c.references('line.id').onDelete('set null'))
    .addColumn('maker_id', 'integer', (c) => c.references('person.id').onDelete('cascade'))
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .addColumn('expires_at', 'bigint', (c) => c.notNull())
    .addColumn('last_used_at', 'bigint')
    .execute()
  await db.schema.createIndex('token_line').on('token').column('line_id').execute()
  await db.schema.createIndex('token_maker').on('token').column('maker_id').execute()
}

async function scopes(db: Kysely<unknown>): Promise<void> {
  const references = ['person', 'token', 'company', 'site'] as const
  const whole = references.reduce(
    (table, name) =>
      table.addColumn(`${name}_id`, 'integer', (c) => c.references(`${name}.id`).onDelete('cascade')),
    identified(db, 'scope_place'),
  )
  await whole.addColumn('until', 'bigint').execute()
  for (const name of references) {
    await db.schema.createIndex(`scope_place_${name}`).on('scope_place').column(`${name}_id`).execute()
  }
}

async function doors(db: Kysely<unknown>): Promise<void> {
  await texts(identified(db, 'session'), ['stage', 'csrf', 'address', 'user_agent'])
    .addColumn('hash', 'text', (c) => c.notNull().unique())
    .addColumn('person_id', 'integer', (c) => c.notNull().references('person.id').onDelete('cascade'))
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .addColumn('seen_at', 'bigint', (c) => c.notNull())
    .execute()
  await db.schema.createIndex('session_person').on('session').column('person_id').execute()
  await db.schema
    .createTable('sign_in_link')
    .addColumn('hash', 'text', (c) => c.primaryKey())
    .addColumn('person_id', 'integer', (c) =>
      c.notNull().unique().references('person.id').onDelete('cascade'),
    )
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('expires_at', 'bigint', (c) => c.notNull())
    .execute()
}

async function watch(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('guess')
    .addColumn('key', 'text', (c) => c.primaryKey())
    .addColumn('failures', 'integer', (c) => c.notNull())
    .addColumn('drained_at', 'bigint', (c) => c.notNull())
    .addColumn('shut_until', 'bigint', (c) => c.notNull())
    .execute()
  await db.schema.createIndex('guess_drained').on('guess').column('drained_at').execute()
  await texts(identified(db, 'sign_in_event'), ['what', 'address', 'user_agent'], ['way', 'by'])
    .addColumn('at', 'bigint', (c) => c.notNull())
    .addColumn('person_id', 'integer', (c) => c.references('person.id').onDelete('cascade'))
    .execute()
  await db.schema
    .createIndex('sign_in_event_person')
    .on('sign_in_event')
    .columns(['person_id', 'id'])
    .execute()
  await db.schema.createIndex('sign_in_event_at').on('sign_in_event').column('at').execute()
}

type Table = CreateTableBuilder<string, string>

function identified(db: Kysely<unknown>, name: string): Table {
  return db.schema.createTable(name).addColumn('id', 'integer', (c) => c.primaryKey()) as Table
}

function texts(table: Table, needed: readonly string[], optional: readonly string[] = []): Table {
  const whole = needed.reduce((t, name) => t.addColumn(name, 'text', (c) => c.notNull()), table)
  return optional.reduce((t, name) => t.addColumn(name, 'text'), whole)
}
