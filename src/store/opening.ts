import { resolve } from 'node:path'
import type { Database } from './database.ts'
import { translating } from './errors.ts'
import { type Layout, layoutOf, prepareFolder } from './files.ts'
import { bindSealer, existingSealer, type KeySource } from './key.ts'
import { migrate, refuseNewer, schemaVersion } from './migrate.ts'
import { migrations as ownMigrations } from './migrations/index.ts'
import type { Migration } from './migrations/migration.ts'
import type { Sealer } from './seal.ts'
import { openSqliteDatabase } from './sqlite-database.ts'

export interface Where extends KeySource {
  /** The data folder; it is made where it is missing. */
  readonly folder: string
  /** A PostgreSQL that holds the database, in place of a file in the folder. */
  readonly databaseUrl?: string
  readonly now?: () => number
}

/** For the tests of the store itself. */
export interface Internals {
  readonly migrations?: readonly Migration[]
  /** How long a write waits for another process, in milliseconds. */
  readonly patience?: number
}

/** A database that is up to date, and what opens its secrets. */
export interface Opened {
  readonly layout: Layout
  readonly database: Database
  readonly sealer: Sealer
}

export async function openBound(where: Where, internals: Internals = {}): Promise<Opened> {
  const layout = layoutOf(resolve(where.folder), where.keyFile)
  const { migrations = ownMigrations, patience = 10_000 } = internals
  let database: Database | undefined
  try {
    return await translating(layout, async () => {
      await prepareFolder(layout)
      database = await openDatabase(where.databaseUrl, layout, patience)
      const { writing } = database
      const version = await schemaVersion(database, writing, layout)
      refuseNewer(version, migrations)
      // Nothing is done to a database, not even migrating it, without its own key.
      if (version > 0) await existingSealer(writing, layout, where)
      await migrate(database, layout, migrations, where.now ?? Date.now)
      return { layout, database, sealer: await bindSealer(writing, layout, where) }
    })
  } catch (error) {
    await database?.close()
    throw error
  }
}

async function openDatabase(url: string | undefined, layout: Layout, patience: number): Promise<Database> {
  if (url === undefined) return openSqliteDatabase(layout, patience)
  // Read only where it is needed: every verb of the command line would wait for it.
  const { openPostgresDatabase } = await import('./postgres-database.ts')
  return openPostgresDatabase({ url, patience })
}
