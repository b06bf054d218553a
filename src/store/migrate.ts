import type { Database } from './database.ts'
import { corrupt, type Place, StoreError } from './errors.ts'
import type { Migration } from './migrations/migration.ts'
import type { Queries } from './tables.ts'

/** The version of the schema, 0 for an empty database. One that holds something else is refused. */
export async function schemaVersion(
  { tables }: Pick<Database, 'tables'>,
  db: Queries,
  place: Place,
): Promise<number> {
  const names = await tables(db)
  if (names.length === 0) return 0
  if (!names.includes('meta')) throw corrupt(place)
  const row = await db.selectFrom('meta').select('value').where('name', '=', versionName).executeTakeFirst()
  const version = Number(row?.value)
  if (!Number.isInteger(version) || version < 1) throw corrupt(place)
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
 */
export async function migrate(
  database: Database,
  place: Place,
  migrations: readonly Migration[],
  now: () => number,
): Promise<void> {
  const version = await schemaVersion(database, database.writing, place)
  refuseNewer(version, migrations)
  const pending = migrations.filter((migration) => migration.version > version)
  if (pending.length === 0) return
  await database.migrating(version, now(), async () => {
    for (const migration of pending) await runOnce(database, place, migration)
  })
}

async function runOnce(database: Database, place: Place, migration: Migration): Promise<void> {
  await database.writing.transaction().execute(async (db) => {
    // Another process may have been faster while this one waited for the lock.
    if ((await schemaVersion(database, db, place)) >= migration.version) return
    if (migration.version === 1) {
      await db.schema
        .createTable('meta')
        .addColumn('name', 'text', (c) => c.primaryKey())
        .addColumn('value', 'text', (c) => c.notNull())
        .execute()
    }
    await migration.up(db.withoutPlugins() as unknown as Parameters<Migration['up']>[0])
    await database.afterStep(db, `${migration.version} ${migration.name}`)
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
