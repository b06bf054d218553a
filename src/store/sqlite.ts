import { setTimeout as sleep } from 'node:timers/promises'
import Database from 'better-sqlite3'
import {
  type DatabaseConnection,
  type Driver,
  Kysely,
  SqliteDialect,
  type SqliteDialectConfig,
  SqliteDriver,
  type SqliteStatement,
  type TransactionSettings,
} from 'kysely'
import { StoreError } from './errors.ts'
import type { Layout } from './files.ts'
import type { Tables } from './tables.ts'

/** Everything that only SQLite knows: no other file of the store may say a pragma. */
export interface SqliteHandle {
  readonly db: Kysely<Tables>
  readonly sqlite: Database.Database
  close(): Promise<void>
}

export interface SqliteOptions {
  readonly file: string
  /** Reads only; it then never waits for a writer. */
  readonly reads?: boolean
  /** How long a write waits for another process before it gives up, in milliseconds. */
  readonly patience: number
}

/**
 * SQLite itself waits only this long for a lock, because the event loop stands still meanwhile;
 * the rest of the patience is spent asleep between attempts.
 */
const blockingWait = 20

export function openSqlite(options: SqliteOptions): SqliteHandle {
  const sqlite = new Database(options.file, { timeout: blockingWait })
  const db = new Kysely<Tables>({ dialect: new PatientDialect(sqlite, options.patience) })
  return {
    db,
    sqlite,
    close: async () => {
      await db.destroy()
      sqlite.close()
    },
  }
}

/** Durable before fast: a committed change survives a power cut. */
export async function configure(handle: SqliteHandle, options: SqliteOptions): Promise<void> {
  await patiently(options.patience, () => handle.sqlite.pragma('journal_mode = WAL'))
  handle.sqlite.pragma('synchronous = FULL')
  handle.sqlite.pragma('foreign_keys = ON')
  handle.sqlite.pragma('journal_size_limit = 67108864')
  if (options.reads) handle.sqlite.pragma('query_only = ON')
}

/** Rebuilding a table must not delete what refers to it; the references are checked before the commit instead. */
export function setForeignKeys(handle: SqliteHandle, on: boolean): void {
  handle.sqlite.pragma(`foreign_keys = ${on ? 'ON' : 'OFF'}`)
}

export function brokenReferences(handle: SqliteHandle): number {
  return (handle.sqlite.pragma('foreign_key_check') as unknown[]).length
}

export async function tablesOf(db: Kysely<Tables>): Promise<readonly string[]> {
  return (await db.introspection.getTables()).map(({ name }) => name)
}

export function isHealthy(sqlite: Database.Database): boolean {
  return sqlite.pragma('quick_check(1)', { simple: true }) === 'ok'
}

/** Repeats what finds the database locked, ever more slowly, until it works or the patience is at its end. */
export async function patiently<T>(patience: number, attempt: () => T | Promise<T>): Promise<T> {
  const end = performance.now() + patience
  for (let pause = 5; ; pause = Math.min(pause * 2, 200)) {
    try {
      return await attempt()
    } catch (error) {
      if (!isLocked(error) || performance.now() + pause > end) throw error
    }
    await sleep(pause * (0.5 + Math.random()))
  }
}

export function isLocked(error: unknown): boolean {
  return error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY')
}

/**
 * Holds the database against everybody else; leaving the write-ahead log needs to be alone with it.
 * A damaged one cannot be locked, and is what backups are for: it is replaced all the same.
 */
export function lockOut({ database, folder }: Layout): Database.Database | undefined {
  const sqlite = new Database(database, { timeout: 0 })
  try {
    sqlite.pragma('locking_mode = EXCLUSIVE')
    sqlite.pragma('journal_mode = DELETE')
    sqlite.exec('BEGIN EXCLUSIVE')
    return sqlite
  } catch (error) {
    sqlite.close()
    if (!isLocked(error)) return undefined
    throw new StoreError(
      'store-in-use',
      `the database in ${folder} is in use`,
      'stop the server and other bootline commands on this folder first',
      error,
    )
  }
}

class PatientDialect extends SqliteDialect {
  readonly #sqlite: Database.Database
  readonly #patience: number

  constructor(sqlite: Database.Database, patience: number) {
    super(configOf(sqlite))
    this.#sqlite = sqlite
    this.#patience = patience
  }

  override createDriver(): Driver {
    return new PatientDriver(this.#sqlite, this.#patience)
  }
}

class PatientDriver extends SqliteDriver {
  readonly #sqlite: Database.Database
  readonly #patience: number

  constructor(sqlite: Database.Database, patience: number) {
    super(configOf(sqlite))
    this.#sqlite = sqlite
    this.#patience = patience
  }

  /** A write takes its lock at once: one that began as a read could find at its end that it must start over. */
  override async beginTransaction(_: DatabaseConnection, settings?: TransactionSettings): Promise<void> {
    const begin = settings?.accessMode === 'read only' ? 'BEGIN' : 'BEGIN IMMEDIATE'
    await patiently(this.#patience, () => this.#sqlite.exec(begin))
  }

  /** SQLite has rolled back by itself when the disk was full; asking again would hide why. */
  override async rollbackTransaction(): Promise<void> {
    if (this.#sqlite.inTransaction) this.#sqlite.exec('ROLLBACK')
  }
}

function configOf(sqlite: Database.Database): SqliteDialectConfig {
  return { database: { prepare: preparing(sqlite), close: () => sqlite.close() } }
}

/** The same few statements run thousands of times: each is prepared once, the least recent forgotten. */
function preparing(sqlite: Database.Database): (sql: string) => SqliteStatement {
  const prepared = new Map<string, SqliteStatement>()
  return (sql) => {
    const statement = prepared.get(sql) ?? forRows(sqlite.prepare(sql) as SqliteStatement)
    prepared.delete(sql)
    prepared.set(sql, statement)
    for (const oldest of prepared.keys()) {
      if (prepared.size <= 64) break
      prepared.delete(oldest)
    }
    return statement
  }
}

/** A statement that is given rows of values, as `runEach` does, runs once for each of them. */
function forRows(statement: SqliteStatement): SqliteStatement {
  if (statement.reader) return statement
  return {
    reader: false,
    all: (parameters) => statement.all(parameters),
    iterate: (parameters) => statement.iterate(parameters),
    run(parameters) {
      if (!Array.isArray(parameters[0])) return statement.run(parameters)
      for (const row of parameters) statement.run(row as readonly unknown[])
      return { changes: parameters.length, lastInsertRowid: 0 }
    },
  }
}
