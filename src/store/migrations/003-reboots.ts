import type { Kysely } from 'kysely'
import type { Migration } from './migration.ts'

/** How a company's devices are told of new files, which of them are to be told, and what became of it. */
export const reboots: Migration = {
  version: 3,
  name: 'reboots',
  async up(db) {
    await db.schema.alterTable('company').addColumn('reboot', 'text').execute()
    await db.schema.alterTable('company').addColumn('reboot_password', 'text').execute()
    await jobs(db)
    await events(db)
    // A change of a few lines is checked against the others without reading them.
    await db.schema.createIndex('line_short_number').on('line').column('short_number').execute()
  },
}

async function jobs(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('reboot')
    .addColumn('id', 'integer', (c) => c.primaryKey())
    .addColumn('mac', 'text', (c) => c.notNull().unique())
    .addColumn('model', 'text', (c) => c.notNull())
    .addColumn('company', 'text', (c) => c.notNull())
    .addColumn('site', 'text')
    .addColumn('place', 'text', (c) => c.notNull())
    .addColumn('state', 'text', (c) => c.notNull())
    .addColumn('cause', 'text', (c) => c.notNull())
    .addColumn('reasons', 'text', (c) => c.notNull())
    .addColumn('restart', 'integer', (c) => c.notNull())
    .addColumn('quiet', 'integer', (c) => c.notNull())
    .addColumn('who', 'text', (c) => c.notNull())
    .addColumn('queued_at', 'bigint', (c) => c.notNull())
    .addColumn('due_at', 'bigint', (c) => c.notNull())
    .addColumn('next_at', 'bigint')
    .addColumn('attempts', 'integer', (c) => c.notNull())
    .addColumn('node', 'text')
    .addColumn('claimed_at', 'bigint')
    .addColumn('sent_at', 'bigint')
    .addColumn('told_at', 'bigint')
    .addColumn('seen_at', 'bigint')
    .addColumn('last_result', 'text')
    .addColumn('last_detail', 'text')
    .addColumn('target', 'text')
    .execute()
  await db.schema
    .createIndex('reboot_next')
    .on('reboot')
    .columns(['next_at', 'place', 'cause', 'quiet'])
    .execute()
  await db.schema
    .createIndex('reboot_place')
    .on('reboot')
    .columns(['place', 'cause desc', 'quiet', 'next_at', 'id', 'mac'])
    .execute()
  await db.schema.createIndex('reboot_company').on('reboot').columns(['company', 'id']).execute()
  await db.schema.createIndex('reboot_state').on('reboot').columns(['state', 'claimed_at']).execute()
}

async function events(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('reboot_event')
    .addColumn('id', 'integer', (c) => c.primaryKey())
    .addColumn('mac', 'text', (c) => c.notNull())
    .addColumn('at', 'bigint', (c) => c.notNull())
    .addColumn('what', 'text', (c) => c.notNull())
    .addColumn('detail', 'text')
    .addColumn('who', 'text')
    .addColumn('place', 'text')
    .execute()
  await db.schema.createIndex('reboot_event_mac').on('reboot_event').columns(['mac', 'id']).execute()
  await db.schema.createIndex('reboot_event_what').on('reboot_event').columns(['what', 'at']).execute()
  await db.schema.createIndex('reboot_event_at').on('reboot_event').column('at').execute()
}
