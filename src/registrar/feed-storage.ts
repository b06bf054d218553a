import type { FeedQueries } from './feed-tables.ts'

/** The registrar's database, whichever it is. */
export interface FeedStorage {
  /** Makes what is missing, then all of the work or nothing; of all processes that write, one does so at a time. */
  write<T>(work: (db: FeedQueries) => Promise<T>): Promise<T>
  close(): Promise<void>
}
