import type { Migration } from './migration.ts'

/** Keys that a company has given a name, to be given to many lines. */
export const keyLayouts: Migration = {
  version: 8,
  name: 'key-layouts',
  async up(db) {
    await db.schema
      .createTable('key_layout')
      .addColumn('id', 'integer', (c) => c.primaryKey())
      .addColumn('company_id', 'integer', (c) => c.notNull().references('company.id').onDelete('cascade'))
      .addColumn('name', 'text', (c) => c.notNull())
      .addColumn('keys', 'text', (c) => c.notNull())
      .addUniqueConstraint('key_layout_name', ['company_id', 'name'])
      .execute()
  },
}
