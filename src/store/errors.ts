/** Stable codes: programs and translations depend on them. */
export type StoreErrorCode =
  | 'store-busy'
  | 'store-full'
  | 'store-read-only'
  | 'store-newer'
  | 'store-corrupt'
  | 'store-conflict'
  | 'store-in-use'
  | 'store-key-wrong'
  | 'store-key-missing'
  | 'store-key-open'
  | 'store-backup-exists'
  | 'store-backup-bad'
  | 'store-unreachable'
  | 'store-not-empty'
  | 'store-copy-differs'

/** What is wrong with the store, and what would be right; neither ever holds a secret. */
export class StoreError extends Error {
  override readonly name = 'StoreError'
  readonly code: StoreErrorCode
  readonly remedy: string

  constructor(code: StoreErrorCode, message: string, remedy: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause })
    this.code = code
    this.remedy = remedy
  }
}

/** What stands in an error about a place on disk. */
export interface Place {
  readonly folder: string
  /** The newest backup, where there is one: what to go back to when the database is damaged. */
  readonly newestBackup: () => string | undefined
}

/** Runs work on the store and turns what SQLite or the file system says into words; other errors pass. */
export async function translating<T>(place: Place, work: () => T | Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw asStoreError(place, error)
  }
}

function asStoreError(place: Place, error: unknown): unknown {
  if (error instanceof StoreError) return error
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (code.startsWith('SQLITE_BUSY')) return busy(error)
  if (isFull(error)) return full(place.folder, error)
  if (code.startsWith('SQLITE_READONLY') || readOnlyCodes.has(code)) return readOnly(place.folder, error)
  if (code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB') return corrupt(place, error)
  if (code.startsWith('SQLITE_CONSTRAINT'))
    return conflict('a number, address or account is taken by now', error)
  return error
}

const fullCodes = new Set(['SQLITE_FULL', 'SQLITE_IOERR_SHMSIZE', 'ENOSPC', 'EDQUOT'])
const readOnlyCodes = new Set([
  'SQLITE_CANTOPEN',
  'SQLITE_PERM',
  'EACCES',
  'EPERM',
  'EROFS',
  'ENOTDIR',
  'EEXIST',
])

export function isFull(error: unknown): boolean {
  return error instanceof Error && 'code' in error && fullCodes.has(String(error.code))
}

export function full(folder: string, cause?: unknown): StoreError {
  return new StoreError(
    'store-full',
    `the disk of ${folder} is full; nothing was changed`,
    'make room on that disk, then do it again',
    cause,
  )
}

export function busy(cause?: unknown): StoreError {
  return new StoreError(
    'store-busy',
    'another bootline command is writing',
    'try again when it has finished',
    cause,
  )
}

export function readOnly(folder: string, cause?: unknown): StoreError {
  return new StoreError(
    'store-read-only',
    `the data folder ${folder} cannot be written`,
    'let the user that runs Bootline own this folder and all files in it, on a disk that is not read-only',
    cause,
  )
}

export function corrupt(place: Place, cause?: unknown): StoreError {
  const backup = place.newestBackup()
  return new StoreError(
    'store-corrupt',
    `the database in ${place.folder} is damaged, or is not one of Bootline`,
    backup === undefined
      ? 'restore a backup of it'
      : `restore a backup of it; the newest in the data folder is ${backup}`,
    cause,
  )
}

export function conflict(what: string, cause?: unknown): StoreError {
  return new StoreError(
    'store-conflict',
    `the fleet has changed since this was planned: ${what}`,
    'plan the change again',
    cause,
  )
}
