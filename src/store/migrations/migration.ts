import type { Kysely } from 'kysely'

/**
 * One step of the schema. A released one is never edited: a mistake in it is mended by the next.
 * `up` sees the tables as they were then, which is why their types are not those of today.
 */
export interface Migration {
  readonly version: number
  readonly name: string
  up(db: Kysely<unknown>): Promise<void>
}
