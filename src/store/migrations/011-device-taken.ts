import type { Migration } from './migration.ts'

/** The files that each device took last, without their secrets: what those it should have are compared with. */
export const deviceTaken: Migration = {
  version: 11,
  name: 'device-taken',
  async up(db) {
    await db.schema
      .createTable('device_taken')
      .addColumn('mac', 'text', (c) => c.primaryKey().references('device.mac').onDelete('cascade'))
      .addColumn('company', 'text', (c) => c.notNull())
      .addColumn('revision', 'text', (c) => c.notNull())
      .addColumn('at', 'bigint', (c) => c.notNull())
      .addColumn('files', 'blob', (c) => c.notNull())
      .execute()
  },
}
