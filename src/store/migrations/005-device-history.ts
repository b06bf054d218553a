import type { Migration } from './migration.ts'

/** How devices come, are turned away, and change of themselves: what alarms are judged by. */
export const deviceHistory: Migration = {
  version: 5,
  name: 'device-history',
  async up(db) {
    await db.schema
      .createTable('device_visits')
      .addColumn('mac', 'text', (c) => c.primaryKey().references('device.mac').onDelete('cascade'))
      .addColumn('starts', 'text', (c) => c.notNull())
      .addColumn('starts_since', 'bigint')
      .addColumn('refusals', 'integer', (c) => c.notNull())
      .addColumn('refused_at', 'bigint')
      .addColumn('refused_why', 'text')
      .execute()
    await db.schema
      .createTable('device_history')
      .addColumn('id', 'integer', (c) => c.primaryKey())
      .addColumn('mac', 'text', (c) => c.notNull().references('device.mac').onDelete('cascade'))
      .addColumn('at', 'bigint', (c) => c.notNull())
      .addColumn('what', 'text', (c) => c.notNull())
      .addColumn('before', 'text', (c) => c.notNull())
      .addColumn('after', 'text', (c) => c.notNull())
      .execute()
    await db.schema.createIndex('device_history_mac').on('device_history').columns(['mac', 'id']).execute()
  },
}
