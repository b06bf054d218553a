import { constants } from 'node:fs'
import { access, copyFile, link, mkdir, open, rename, rm, stat } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { StoreError, translating } from './errors.ts'
import {
  companions,
  draftOf,
  errorCode,
  type Layout,
  layoutOf,
  prepareFolder,
  stamp,
  syncFile,
  syncFolder,
} from './files.ts'
import { fillServer } from './fill-server.ts'
import { keyCheckName, keyOf } from './key.ts'
import { getMeta, migrate, refuseNewer, schemaVersion } from './migrate.ts'
import { migrations } from './migrations/index.ts'
import type { Where } from './opening.ts'
import { forgetOldCopies } from './own-copies.ts'
import { fitsKey, sealerOf } from './seal.ts'
import { isHealthy, lockOut, openSqlite, tablesOf } from './sqlite.ts'
import { openSqliteDatabase } from './sqlite-database.ts'

export interface RestoreOptions extends Where {
  /** The backup. It stays as it is. */
  readonly file: string
}

/**
 * Puts a backup in the place of the database; returns where the present one was moved, if there was one. A PostgreSQL
 * is only filled when it is empty: what it holds is not Bootline's to move away.
 */
export async function restoreBackup(options: RestoreOptions): Promise<string | undefined> {
  const layout = layoutOf(resolve(options.folder), options.keyFile)
  return translating(layout, async () => {
    await prepareFolder(layout)
    const draft = draftOf(layout.database)
    try {
      await copyPrivately(options.file, draft)
      await examine(draft, layout, options)
      if (options.databaseUrl !== undefined) {
        await fillFrom(draft, layout, options.databaseUrl)
        return undefined
      }
      await syncFile(draft)
      const aside = await replace(layout, draft, (options.now ?? Date.now)())
      if (aside !== undefined) await forgetOldCopies(layout.backups, resolve(options.file))
      return aside
    } finally {
      for (const suffix of ['', ...companions]) await rm(draft + suffix, { force: true })
    }
  })
}

async function fillFrom(draft: string, layout: Layout, url: string): Promise<void> {
  const source = await openSqliteDatabase({ ...layout, database: draft }, 0)
  try {
    await migrate(source, layout, migrations, Date.now)
    await fillServer(source, layout, url, () => {})
  } finally {
    await source.close()
  }
}

async function copyPrivately(file: string, draft: string): Promise<void> {
  await access(file, constants.R_OK).catch(() => {
    throw bad(file, 'does not exist, or cannot be read', 'give the path of a backup that this user may read')
  })
  await (await open(draft, 'wx', 0o600)).close()
  await copyFile(file, draft)
}

/** The copy is examined, not the file itself, so that what is put in place is what was found good. */
async function examine(draft: string, layout: Layout, options: RestoreOptions): Promise<void> {
  const handle = openSqlite({ file: draft, patience: 0 })
  try {
    if (!isHealthy(handle.sqlite)) throw damaged(options.file)
    const version = await schemaVersion({ tables: tablesOf }, handle.db, layout)
    if (version === 0) throw damaged(options.file)
    refuseNewer(version, migrations)
    const key = await keyOf(layout, options)
    const check = await getMeta(handle.db, keyCheckName)
    if (key && check !== undefined && !fitsKey(sealerOf(key), check)) {
      throw new StoreError(
        'store-key-wrong',
        `${options.file} was made with another key than that of ${layout.folder}`,
        `put the key of that backup into ${layout.keyFile} first`,
      )
    }
  } catch (error) {
    if (error instanceof StoreError && error.code !== 'store-corrupt') throw error
    throw damaged(options.file)
  } finally {
    await handle.close()
  }
}

async function replace(layout: Layout, draft: string, at: number): Promise<string | undefined> {
  if (!(await exists(layout.database))) {
    await rename(draft, layout.database)
    await syncFolder(layout.folder)
    return undefined
  }
  await mkdir(layout.backups, { recursive: true, mode: 0o700 })
  const aside = join(layout.backups, `replaced-${stamp(at)}.db`)
  const lock = lockOut(layout)
  try {
    // A second name before the first is taken over: at no moment is there no database.
    await link(layout.database, aside)
    for (const suffix of companions) await moveAside(layout.database + suffix, aside + suffix)
    await rename(draft, layout.database)
  } finally {
    lock?.close()
  }
  await syncFolder(layout.folder)
  await syncFolder(dirname(aside))
  return aside
}

async function moveAside(file: string, aside: string): Promise<void> {
  await rename(file, aside).catch((error: unknown) => {
    if (errorCode(error) !== 'ENOENT') throw error
  })
}

async function exists(file: string): Promise<boolean> {
  try {
    await stat(file)
    return true
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return false
    throw error
  }
}

function damaged(file: string): StoreError {
  return bad(file, 'is damaged, or is not a backup of Bootline', 'give another backup')
}

function bad(file: string, what: string, remedy: string): StoreError {
  return new StoreError('store-backup-bad', `${file} ${what}`, remedy)
}
