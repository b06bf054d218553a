import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { test } from 'vitest'
import type { Internals } from '../../src/store/opening.ts'
import { openStore as open, type Store, type StoreOptions } from '../../src/store/store.ts'

/**
 * The tests run on SQLite, and with BOOTLINE_TEST_DATABASE=postgresql on a PostgreSQL that postgres-setup.ts starts:
 * each data folder then has a schema of its own there.
 */
const server = process.env.BOOTLINE_TEST_DATABASE_URL

export const onServer = server !== undefined

/** A test of the file in which SQLite keeps it all: of its copies, its damage, its disk. */
export const fileTest = test.skipIf(onServer)

/** What settings have to say besides the folder. */
export function environmentOf(folder: string): { readonly BOOTLINE_DATABASE_URL?: string } {
  const databaseUrl = urlOf(folder)
  return databaseUrl === undefined ? {} : { BOOTLINE_DATABASE_URL: databaseUrl }
}

/** What a store has to be told. */
export function whereOf(folder: string): Pick<StoreOptions, 'folder' | 'databaseUrl'> {
  const databaseUrl = urlOf(folder)
  return { folder, ...(databaseUrl === undefined ? {} : { databaseUrl }) }
}

/** The store of the folder, in the database that the tests run on. */
export function openStore(options: StoreOptions, internals?: Internals): Promise<Store> {
  return open({ ...options, ...whereOf(options.folder) }, internals)
}

/** Looks into the database as a stranger would. */
export function rows(folder: string, query: string): Record<string, unknown>[] {
  const url = urlOf(folder)
  if (url !== undefined)
    return JSON.parse(psql(url, `select coalesce(json_agg(found), '[]') from (${query}) as found`))
  return onFile(folder, (db) => db.prepare(query).all() as Record<string, unknown>[])
}

export function change(folder: string, statement: string): void {
  const url = urlOf(folder)
  if (url !== undefined) psql(url, statement)
  else onFile(folder, (db) => db.exec(statement))
}

const made = new Set<string>()

function urlOf(folder: string): string | undefined {
  if (server === undefined) return undefined
  const schema = `t${createHash('sha1').update(folder).digest('hex')}`
  if (!made.has(schema)) psql(server, `create schema if not exists ${schema}`)
  made.add(schema)
  return `${server}?options=-csearch_path%3D${schema}`
}

function psql(url: string, text: string): string {
  const options = [
    '--no-psqlrc',
    '--quiet',
    '--tuples-only',
    '--no-align',
    '--set=ON_ERROR_STOP=1',
    '--single-transaction',
  ]
  return execFileSync('psql', [...options, '--dbname', url], {
    input: text,
    encoding: 'utf8',
    env: { ...process.env, PGOPTIONS: '-cclient_min_messages=warning' },
  })
}

function onFile<T>(folder: string, work: (db: Database.Database) => T): T {
  const db = new Database(join(folder, 'bootline.db'))
  try {
    return work(db)
  } finally {
    db.close()
  }
}
