import type { FeedDatabase } from '../settings/parse.ts'
import type { Accounts } from '../store/accounts.ts'
import { updateFeed } from './feed.ts'
import { openFeedStorage } from './feed-database.ts'
import { FeedError } from './feed-errors.ts'
import type { FeedStorage } from './feed-storage.ts'
import type { RegistrarLog } from './log.ts'

export interface FeedKeeperParts {
  readonly where: FeedDatabase
  readonly accounts: Accounts
  readonly log: RegistrarLog
}

export interface FeedKeeper {
  /** Looks at once whether something is to be written: for who has just changed the fleet. */
  refresh(): Promise<void>
  close(): Promise<void>
}

/** How often the fleet is looked at, in milliseconds; the pauses after failures grow up to the second figure. */
const interval = 250
const longestPause = 30_000

/**
 * Keeps the registrar's database as the fleet is while a server runs. A database that cannot be reached stops nothing:
 * phones go on, and the accounts follow once it answers. The first time, and after every failure, all accounts are
 * compared, so that nothing stays wrong whatever happened to the database meanwhile.
 */
export function startFeedKeeper({ where, accounts, log }: FeedKeeperParts): FeedKeeper {
  let storage: FeedStorage | undefined
  let mark: string | undefined
  let pause = interval
  let closed = false
  let timer: NodeJS.Timeout | undefined
  let turn = Promise.resolve()

  async function look(): Promise<void> {
    if (closed) return
    clearTimeout(timer)
    try {
      if (mark === undefined || (await accounts.mark()) !== mark) await write()
    } catch (error) {
      if (pause === interval) tellFailure(error)
      mark = undefined
      pause = Math.min(pause * 2, longestPause)
      await storage?.close().catch(() => {})
      storage = undefined
    }
    if (!closed) timer = setTimeout(() => void refresh(), pause).unref()
  }

  async function write(): Promise<void> {
    storage ??= await openFeedStorage(where)
    const { written, removed, ...done } = await updateFeed(
      storage,
      accounts,
      mark === undefined ? 'everything' : 'changes',
    )
    if (pause > interval) log.info({}, 'the registrar’s database answers again')
    pause = interval
    mark = done.mark
    if (written + removed > 0) log.info({ written, removed }, 'the registrar’s database has the new accounts')
  }

  function tellFailure(error: unknown): void {
    if (error instanceof FeedError) log.error({ code: error.code, remedy: error.remedy }, error.message)
    else log.error({ err: error }, 'the registrar’s database could not be written')
  }

  /** One look at a time, each after the one before. */
  function refresh(): Promise<void> {
    turn = turn.then(look)
    return turn
  }

  void refresh()
  return {
    refresh,
    async close() {
      closed = true
      clearTimeout(timer)
      await turn
      await storage?.close()
    },
  }
}

/** Brings the registrar's database up to date once: for a verb that has changed the fleet. */
export async function updateFeedOnce(where: FeedDatabase, accounts: Accounts): Promise<void> {
  const storage = await openFeedStorage(where)
  try {
    await updateFeed(storage, accounts, 'changes')
  } finally {
    await storage.close()
  }
}
