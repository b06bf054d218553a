import type { Kysely } from 'kysely'
import type { Queries, Tables } from './tables.ts'

/** What the store needs of a database, whichever it is: all that one of them alone knows is behind this. */
export interface Database {
  /** Of all who write, of whatever process, one has his turn at a time, from the beginning of his transaction. */
  readonly writing: Kysely<Tables>
  /** Never waits for who writes. */
  readonly reading: Kysely<Tables>
  /** Several servers may work on it, each on a machine of its own. */
  readonly isShared: boolean
  /** The names of its tables: none when it is empty. */
  tables(db: Queries): Promise<readonly string[]>
  /** Does the work of migrations that are to be done on version `from`, with what has to be done around them. */
  migrating(from: number, now: number, work: () => Promise<void>): Promise<void>
  /** The end of each of them, named `step`, before it is kept; throws where it left references that lead nowhere. */
  afterStep(db: Queries, step: string): Promise<void>
  isHealthy(): Promise<boolean>
  /** Copies the database into a new file of SQLite, as it is at one moment, while it is in use. */
  backup(file: string): Promise<void>
  /** Calls whenever the fleet may have changed, by whatever process; one that cannot tell never calls. */
  onChange(hear: () => void): void
  close(): Promise<void>
}
