import { open, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import Database from 'better-sqlite3'
import { full, isFull, StoreError } from './errors.ts'
import { draftOf, errorCode, syncFile, syncFolder } from './files.ts'

/**
 * Copies a database while it is in use, as it was at one moment, into one file that needs no others.
 * The name is taken first, so that nothing is ever overwritten; it is filled by one rename.
 */
export async function copyDatabase(source: string, target: string): Promise<void> {
  await writeWhole(target, (draft) => copyInto(source, draft))
}

/** Fills a new database file under another name first: under its own it is whole, or not there. */
export async function writeWhole(target: string, fill: (draft: string) => Promise<void>): Promise<void> {
  await reserve(target)
  const draft = draftOf(target)
  try {
    await (await open(draft, 'wx', 0o600)).close()
    await fill(draft)
    asOneFile(draft)
    await syncFile(draft)
    await rename(draft, target)
  } catch (error) {
    await rm(draft, { force: true })
    await rm(target, { force: true })
    throw isFull(error) ? full(dirname(target), error) : error
  }
  await syncFolder(dirname(target))
}

async function copyInto(source: string, draft: string): Promise<void> {
  const from = new Database(source, { fileMustExist: true })
  try {
    // One read transaction over the whole copy: writers go on, and do not make it start over.
    from.exec('BEGIN; SELECT count(*) FROM sqlite_schema')
    await from.backup(draft)
  } finally {
    from.close()
  }
}

function asOneFile(draft: string): void {
  const copy = new Database(draft)
  try {
    copy.pragma('journal_mode = DELETE')
  } finally {
    copy.close()
  }
}

async function reserve(target: string): Promise<void> {
  try {
    await (await open(target, 'wx', 0o600)).close()
  } catch (error) {
    if (errorCode(error) === 'EEXIST') {
      throw new StoreError(
        'store-backup-exists',
        `${target} exists already`,
        'give the name of a file that does not exist',
      )
    }
    throw new StoreError(
      'store-backup-bad',
      `${target} cannot be made (${errorCode(error)})`,
      'give a place for the backup in a folder that exists and may be written',
      error,
    )
  }
}
