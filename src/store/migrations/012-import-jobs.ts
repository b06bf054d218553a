import type { Migration } from './migration.ts'

/** Imports that go on after their request was answered. */
export const importJobs: Migration = {
  version: 12,
  name: 'import-jobs',
  async up(db) {
    await db.schema
      .createTable('import_job')
      .addColumn('id', 'integer', (c) => c.primaryKey())
      .addColumn('owner', 'text', (c) => c.notNull())
      .addColumn('state', 'text', (c) => c.notNull())
      .addColumn('rows', 'integer')
      .addColumn('began_at', 'bigint', (c) => c.notNull())
      .addColumn('ended_at', 'bigint')
      .addColumn('outcome', 'blob')
      .execute()
  },
}
