import type { Kysely } from 'kysely'
import type { Queries, Tables } from './tables.ts'

/** Reads one moment of a database, however many queries it takes. */
export function atOneMoment<T>(reading: Kysely<Tables>, work: (db: Queries) => Promise<T>): Promise<T> {
  return reading
    .transaction()
    .setAccessMode('read only')
    .setIsolationLevel('repeatable read')
    .execute((db) => work(db))
}
