import { type FileHandle, open } from 'node:fs/promises'
import type { Kysely } from 'kysely'
import { errorCode } from '../store/files.ts'
import { isHealthy, openSqlite, patiently } from '../store/sqlite.ts'
import { damaged, notOurs, unreachable } from './feed-errors.ts'
import type { FeedStorage } from './feed-storage.ts'
import { type FeedTables, prepareFeed } from './feed-tables.ts'

/** How long a write waits for another process, in milliseconds. */
const patience = 10_000

/**
 * A file beside the fleet's own database, so that a SIP server needs no right on that one. It keeps no journal when it
 * is at rest (a reader of a WAL would need the right to write), so that reading rights on the file are enough, also
 * while Bootline does not run.
 *
 * A reader that comes while a commit holds the file is turned away at once: Kamailio's SQLite module does not wait. So
 * the commit itself leaves nothing to the disk, which makes it a matter of microseconds; right after it, with the file
 * free again, everything is brought to the disk. What is lost when the power fails in between is made anew at the next
 * start.
 */
export async function openSqliteFeed(file: string): Promise<FeedStorage> {
  const disk = await openShared(file)
  const { db, sqlite, close } = openSqlite({ file, patience })
  const storage: FeedStorage = {
    async write(work) {
      // The connection is the same whatever the tables are called.
      const feed = db as unknown as Kysely<FeedTables>
      const done = await patiently(patience, () =>
        feed.transaction().execute(async (transaction) => {
          const tables = await transaction.introspection.getTables()
          await prepareFeed(
            transaction,
            tables.map(({ name }) => name),
          )
          return work(transaction)
        }),
      )
      await disk.datasync()
      return done
    },
    async close() {
      await close()
      // Last: closing any handle of a file drops the locks that SQLite holds on it.
      await disk.close()
    },
  }
  try {
    await patiently(patience, () => sqlite.pragma('journal_mode = DELETE'))
    sqlite.pragma('synchronous = OFF')
    if (!isHealthy(sqlite)) throw damaged()
    return storage
  } catch (error) {
    await storage.close()
    throw errorCode(error) === 'SQLITE_NOTADB' ? notOurs('the file is no database', error) : error
  }
}

/** Makes the file, for its owner to write and its group to read; one that is there keeps its rights. */
async function openShared(file: string): Promise<FileHandle> {
  try {
    const made = await open(file, 'wx+', 0o640)
    await made.chmod(0o640)
    return made
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw cannotOpen(error)
  }
  try {
    return await open(file, 'r+')
  } catch (error) {
    throw cannotOpen(error)
  }
}

function cannotOpen(error: unknown): Error {
  return unreachable(`the file cannot be opened (${errorCode(error)})`, error)
}
