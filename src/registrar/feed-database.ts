import type { FeedDatabase } from '../settings/parse.ts'
import { openSqliteFeed } from './feed-sqlite.ts'
import type { FeedStorage } from './feed-storage.ts'

export async function openFeedStorage(where: FeedDatabase): Promise<FeedStorage> {
  if ('file' in where) return openSqliteFeed(where.file)
  // Read only where it is needed: every verb of the command line would wait for it.
  const { openPostgresFeed } = await import('./feed-postgres.ts')
  return openPostgresFeed(where.url)
}
