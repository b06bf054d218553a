import type { Migration } from './migration.ts'

/** Companies that are to go on a day, numbers that belong together, lines that hang on an internet access. */
export const companies: Migration = {
  version: 9,
  name: 'companies',
  async up(db) {
    await db.schema
      .createTable('company_deletion')
      .addColumn('company_id', 'integer', (c) => c.primaryKey().references('company.id').onDelete('cascade'))
      .addColumn('at', 'bigint', (c) => c.notNull())
      .addColumn('planned_at', 'bigint', (c) => c.notNull())
      .addColumn('planned_by', 'text', (c) => c.notNull())
      .execute()
    await db.schema.alterTable('company').addColumn('number_blocks', 'text').execute()
    await db.schema.alterTable('line').addColumn('internet_access', 'text').execute()
  },
}
