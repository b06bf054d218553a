import { copyTables, type Held, readTables } from './copy-tables.ts'
import type { Database } from './database.ts'
import { StoreError } from './errors.ts'
import type { Layout } from './files.ts'
import { keyCheckName } from './key.ts'
import { getMeta, migrate, schemaVersion } from './migrate.ts'
import { migrations } from './migrations/index.ts'
import { atOneMoment } from './one-moment.ts'

/**
 * Copies everything into a PostgreSQL that holds nothing yet, and reads it back before it counts: all of it is there
 * then, or nothing. The secrets stay sealed under the key they have.
 */
export async function fillServer(
  source: Database,
  layout: Layout,
  url: string,
  tell: (done: number) => void,
): Promise<readonly Held[]> {
  const { openPostgresDatabase } = await import('./postgres-database.ts')
  const target = await openPostgresDatabase({ url, patience: 10_000 })
  try {
    await refuseFilled(target, layout)
    await migrate(target, layout, migrations, Date.now)
    return await atOneMoment(source.reading, (from) =>
      target.writing.transaction().execute(async (to) => {
        const given = await copyTables(from, to, tell)
        refuseUnlike(given, await readTables(to))
        return given
      }),
    )
  } finally {
    await target.close()
  }
}

/** A schema alone is nothing: whoever was cut off here before may begin again. */
async function refuseFilled(target: Database, layout: Layout): Promise<void> {
  if ((await schemaVersion(target, target.writing, layout)) === 0) return
  if ((await getMeta(target.writing, keyCheckName)) === undefined) return
  throw new StoreError(
    'store-not-empty',
    'that PostgreSQL database holds a store already',
    'give an empty database or schema: nothing is ever written over',
  )
}

function refuseUnlike(given: readonly Held[], found: readonly Held[]): void {
  const other = given.find(({ table, digest }, i) => found[i]?.table !== table || found[i]?.digest !== digest)
  if (other === undefined) return
  throw new StoreError(
    'store-copy-differs',
    `the rows of ${other.table} do not read back as they were written; nothing was kept`,
    'tell the makers of Bootline, with the versions of both databases',
  )
}
