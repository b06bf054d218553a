import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { copyDatabase } from './backup.ts'
import { corrupt, StoreError } from './errors.ts'
import { type Layout, stamp } from './files.ts'
import type { Migration } from './migrations/migration.ts'
import { forgetOldCopies } from './own-copies.ts'
import { brokenReferences, type SqliteHandle, setForeignKeys } from './sqlite.ts'
import type { Queries } from './tables.ts'

/** The version of the schema, 0 for an empty database. One that holds something else is refused. */
export async function schemaVersion(db: Queries, layout: Layout): Promise<number> {
  const tables = await db.introspection.getTables()
  if (tables.length === 0) return 0
  if (!tables.some((table) => table.name === 'meta')) throw corrupt(layout)
  const row = await db.selectFrom('meta').select('value').where('name', '=', versionName).executeTakeFirst()
  const version = Number(row?.value)
  if (!Number.isInteger(version) || version < 1) throw corrupt(layout)
  return version
}

const versionName = 'schema-version'

export function refuseNewer(version: number, migrations: readonly Migration[]): void {
  const newest = newestOf(migrations)
  if (version <= newest) return
  throw new StoreError(
    'store-newer',
    `the database is of version ${version}, this Bootline knows up to ${newest}`,
    'start the newer Bootline that made it, or restore a backup of before its upgrade',
  )
}

/**
 * Brings the schema up to date, each step in a transaction of its own: a crash leaves the old version whole.
 * A database that holds something is copied beforehand.
 */
export async function migrate(
  handle: SqliteHandle,
  layout: Layout,
  migrations: readonly Migration[],
  now: () => number,
): Promise<void> {
  const version = await schemaVersion(handle.db, layout)
  refuseNewer(version, migrations)
  const pending = migrations.filter((migration) => migration.version > version)
  if (pending.length === 0) return
  if (version > 0) {
    await mkdir(layout.backups, { recursive: true, mode: 0o700 })
    const next = String(version + 1).padStart(3, '0')
    await copyDatabase(layout.database, join(layout.backups, `before-${next}-${stamp(now())}.db`))
    await forgetOldCopies(layout.backups)
  }
  setForeignKeys(handle, false)
  try {
    for (const migration of pending) await runOnce(handle, layout, migration)
  } finally {
    setForeignKeys(handle, true)
  }
}

async function runOnce(handle: SqliteHandle, layout: Layout, migration: Migration): Promise<void> {
  await handle.db.transaction().execute(async (db) => {
    // Another process may have been faster while this one waited for the lock.
    if ((await schemaVersion(db, layout)) >= migration.version) return
    if (migration.version === 1) {
      await db.schema
        .createTable('meta')
        .addColumn('name', 'text', (c) => c.primaryKey())
        .addColumn('value', 'text', (c) => c.notNull())
        .execute()
    }
    await migration.up(db.withoutPlugins() as unknown as Parameters<Migration['up']>[0])
    if (brokenReferences(handle) > 0) {
      throw new Error(`migration ${migration.version} ${migration.name} leaves references that lead nowhere`)
    }
    await setMeta(db, versionName, String(migration.version))
  })
}

export async function setMeta(db: Queries, name: string, value: string): Promise<void> {
  await db
    .insertInto('meta')
    .values({ name, value })
    .onConflict((c) => c.column('name').doUpdateSet({ value }))
    .execute()
}

export async function getMeta(db: Queries, name: string): Promise<string | undefined> {
  const row = await db.selectFrom('meta').select('value').where('name', '=', name).executeTakeFirst()
  return row?.value
}

function newestOf(migrations: readonly Migration[]): number {
  return migrations.at(-1)?.version ?? 0
}
