import { randomBytes } from 'node:crypto'
import { constants, readdirSync, statSync } from 'node:fs'
import { access, mkdir, open } from 'node:fs/promises'
import { join } from 'node:path'
import { type Place, readOnly } from './errors.ts'

/** Where the store keeps what in its folder. */
export interface Layout extends Place {
  readonly database: string
  readonly keyFile: string
  readonly backups: string
}

export function layoutOf(folder: string, keyFile?: string): Layout {
  const backups = join(folder, 'backups')
  return {
    folder,
    database: join(folder, 'bootline.db'),
    keyFile: keyFile ?? join(folder, 'bootline.key'),
    backups,
    newestBackup: () => newestFile(backups),
  }
}

/** Files SQLite keeps beside a database in use. */
export const companions = ['-wal', '-shm', '-journal']

/** Makes the folder, for its owner alone, where it is missing. */
export async function prepareFolder(layout: Layout): Promise<void> {
  await mkdir(layout.folder, { recursive: true, mode: 0o700 })
  await writable(layout.folder)
}

/** Makes the folder and an empty database that only their owner may read, where they are missing. */
export async function prepare(layout: Layout): Promise<void> {
  await prepareFolder(layout)
  const handle = await open(layout.database, 'a', 0o600)
  await handle.close()
}

/** Asked beforehand: what fails later, in the midst of things, says less plainly why. */
async function writable(folder: string): Promise<void> {
  try {
    await access(folder, constants.R_OK | constants.W_OK | constants.X_OK)
  } catch (error) {
    throw readOnly(folder, error)
  }
}

export async function syncFile(file: string): Promise<void> {
  const handle = await open(file, 'r+')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** Makes a new name in a folder survive a power cut. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** `20261121T035059123Z`: sorts by time and is a file name everywhere. */
export function stamp(at: number): string {
  return new Date(at).toISOString().replace(/[-:.]/g, '')
}

/** A name beside `file` that nobody else uses, on the same disk. */
export function draftOf(file: string): string {
  return `${file}.${process.pid}.${randomBytes(6).toString('hex')}.draft`
}

export function errorCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error ? String(error.code) : undefined
}

function newestFile(folder: string): string | undefined {
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith('.db'))
      .map((name) => ({ path: join(folder, name), at: statSync(join(folder, name)).mtimeMs }))
      .sort((a, b) => b.at - a.at)
      .at(0)?.path
  } catch {
    return undefined
  }
}
