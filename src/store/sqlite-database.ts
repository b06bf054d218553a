import { mkdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { copyDatabase } from './backup.ts'
import type { Database } from './database.ts'
import { type Layout, prepare, stamp } from './files.ts'
import { forgetOldCopies } from './own-copies.ts'
import {
  brokenReferences,
  configure,
  isHealthy,
  openSqlite,
  type SqliteHandle,
  setForeignKeys,
  tablesOf,
} from './sqlite.ts'

/** The database of one machine: a file in the data folder, made where it is missing. */
export async function openSqliteDatabase(layout: Layout, patience: number): Promise<Database> {
  await prepare(layout)
  const writing = await connect(layout, patience)
  const reading = await connect(layout, patience, true).catch(async (error: unknown) => {
    await writing.close()
    throw error
  })
  return {
    writing: writing.db,
    reading: reading.db,
    isShared: false,
    tables: tablesOf,
    async migrating(from, now, work) {
      if (from > 0) await copyBefore(layout, from, now)
      setForeignKeys(writing, false)
      try {
        await work()
      } finally {
        setForeignKeys(writing, true)
      }
    },
    async afterStep(_, step) {
      if (brokenReferences(writing) > 0)
        throw new Error(`migration ${step} leaves references that lead nowhere`)
    },
    isHealthy: async () => isHealthy(reading.sqlite),
    backup: (file) => copyDatabase(layout.database, file),
    onChange() {},
    async close() {
      await reading.close()
      await writing.close()
    },
  }
}

/**
 * A backup may be put in place while this opens the file it replaces. Once open, and found still to be the one
 * of that name, a restore finds it in use and leaves it.
 */
async function connect(layout: Layout, patience: number, reads = false): Promise<SqliteHandle> {
  const options = { file: layout.database, patience, reads }
  for (;;) {
    const { ino } = await stat(layout.database)
    const handle = openSqlite(options)
    try {
      await configure(handle, options)
      if ((await stat(layout.database)).ino === ino) return handle
    } catch (error) {
      await handle.close()
      throw error
    }
    await handle.close()
  }
}

/** One that holds something is copied before its schema changes. */
async function copyBefore(layout: Layout, from: number, now: number): Promise<void> {
  await mkdir(layout.backups, { recursive: true, mode: 0o700 })
  const next = String(from + 1).padStart(3, '0')
  await copyDatabase(layout.database, join(layout.backups, `before-${next}-${stamp(now)}.db`))
  await forgetOldCopies(layout.backups)
}
