import type { Migration } from './migration.ts'

/** What was answered to requests that make something, so that asking twice makes it once. */
export const replays: Migration = {
  version: 6,
  name: 'replays',
  async up(db) {
    await db.schema
      .createTable('replay')
      .addColumn('scope', 'text', (c) => c.notNull())
      .addColumn('key', 'text', (c) => c.notNull())
      .addColumn('meant', 'text', (c) => c.notNull())
      .addColumn('at', 'bigint', (c) => c.notNull())
      .addColumn('reply', 'text')
      .addPrimaryKeyConstraint('replay_key', ['scope', 'key'])
      .execute()
    await db.schema.createIndex('replay_at').on('replay').column('at').execute()
  },
}
