import type { Migration } from './migration.ts'

/** Messages about changes that wait to be sent to whoever is told over HTTP. */
export const hooks: Migration = {
  version: 4,
  name: 'hooks',
  async up(db) {
    await db.schema
      .createTable('hook_message')
      .addColumn('id', 'integer', (c) => c.primaryKey())
      .addColumn('uid', 'text', (c) => c.notNull().unique())
      .addColumn('type', 'text', (c) => c.notNull())
      .addColumn('subject', 'text', (c) => c.notNull())
      .addColumn('at', 'bigint', (c) => c.notNull())
      .addColumn('data', 'text', (c) => c.notNull())
      .addColumn('attempts', 'integer', (c) => c.notNull())
      .addColumn('due_at', 'bigint', (c) => c.notNull())
      .execute()
    await db.schema
      .createIndex('hook_message_subject')
      .on('hook_message')
      .columns(['subject', 'id'])
      .execute()
  },
}
