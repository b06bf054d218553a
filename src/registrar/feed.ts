import type { Account, Accounts, AccountsSince } from '../store/accounts.ts'
import { gather, inBatches } from '../store/batches.ts'
import type { FeedStorage } from './feed-storage.ts'
import type { FeedQueries, FeedRow } from './feed-tables.ts'

export interface FeedChange {
  /** Accounts written and removed. */
  readonly written: number
  readonly removed: number
  /** How far the feed is now. */
  readonly mark: string
}

/**
 * Makes the registrar's database hold the accounts as they are: those that changed since the moment it notes, or with
 * `everything` all of them, compared one by one. The fleet is read with the feed already locked, so that of two
 * processes the later one never writes what is older.
 */
export function updateFeed(
  storage: FeedStorage,
  accounts: Accounts,
  scope: 'changes' | 'everything',
): Promise<FeedChange> {
  return storage.write(async (db) => {
    const mark = scope === 'everything' ? undefined : await notedMark(db)
    const since = await accounts.since(mark)
    const { gone, put } = difference(await concerned(db, since.changed), since.accounts.map(feedRow))
    await inBatches(gone, (ids) => db.deleteFrom('bootline_account').where('id', 'in', ids).execute())
    await inBatches(put, (rows) => db.insertInto('bootline_account').values(rows).execute())
    if (since.mark !== mark) await noteMark(db, since.mark)
    const written = new Set(put.map(({ id }) => id))
    return {
      written: put.length,
      removed: gone.filter((id) => !written.has(id)).length,
      mark: since.mark,
    }
  })
}

/** Rows that differ go before they come again: lines may have exchanged their users. */
export function difference(
  present: readonly FeedRow[],
  wanted: readonly FeedRow[],
): { readonly gone: readonly number[]; readonly put: readonly FeedRow[] } {
  const left = new Map(present.map((row) => [row.id, row]))
  const put: FeedRow[] = []
  for (const row of wanted) {
    const old = left.get(row.id)
    if (old && sameRow(old, row)) left.delete(row.id)
    else put.push(row)
  }
  return { gone: [...left.keys()], put }
}

function sameRow(a: FeedRow, b: FeedRow): boolean {
  return (
    a.number === b.number &&
    a.company === b.company &&
    a.username === b.username &&
    a.domain === b.domain &&
    a.ha1 === b.ha1 &&
    a.ha1b === b.ha1b &&
    a.ha1_sha256 === b.ha1_sha256
  )
}

async function concerned(db: FeedQueries, changed: AccountsSince['changed']): Promise<readonly FeedRow[]> {
  const all = db.selectFrom('bootline_account').selectAll()
  if (changed === 'everything') return all.execute()
  const rows = [
    ...(await gather(changed.companies, (names) => all.where('company', 'in', names).execute())),
    ...(await gather(changed.numbers, (numbers) => all.where('number', 'in', numbers).execute())),
  ]
  return [...new Map(rows.map((row) => [row.id, row])).values()]
}

async function notedMark(db: FeedQueries): Promise<string | undefined> {
  const row = await db
    .selectFrom('bootline_feed')
    .select('value')
    .where('name', '=', 'mark')
    .executeTakeFirst()
  return row?.value
}

async function noteMark(db: FeedQueries, value: string): Promise<void> {
  await db
    .insertInto('bootline_feed')
    .values({ name: 'mark', value })
    .onConflict((c) => c.column('name').doUpdateSet({ value }))
    .execute()
}

function feedRow({ id, number, company, user, domain, ha1, ha1b, ha1Sha256 }: Account): FeedRow {
  return { id, number, company, username: user, domain, ha1, ha1b, ha1_sha256: ha1Sha256 }
}
