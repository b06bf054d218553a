import { gather, inBatches } from './batches.ts'
import { given } from './rows.ts'
import type { Queries } from './tables.ts'
import type { DiscoveredRow } from './tables-devices.ts'

/** A device that nobody has linked asked for a file. */
export interface Discovery {
  readonly at: number
  readonly mac: string
  readonly maker: string
  readonly model?: string
  readonly version?: string
  readonly source: string
  readonly userAgent?: string
  /** The file it asked for. */
  readonly name: string
}

/** What is known of such a device: its latest request, since when it asks, and how often. */
export interface DiscoveredDevice extends Omit<Discovery, 'at'> {
  readonly firstAt: number
  readonly lastAt: number
  readonly count: number
}

/** Whoever invents addresses fills this much, and no more. */
export const discoveredLimit = 5000

/** Takes in who asked, in the order they did; a device that is linked by now is not news. */
export async function recordDiscovered(db: Queries, batch: readonly Discovery[]): Promise<void> {
  const known = await gather([...new Set(batch.map(({ mac }) => mac))], (macs) =>
    db.selectFrom('device').select('mac').where('state', '=', 'linked').where('mac', 'in', macs).execute(),
  )
  const linked = new Set(known.map(({ mac }) => mac))
  const rows = new Map<string, DiscoveredRow>()
  for (const one of batch) {
    if (linked.has(one.mac)) continue
    const row = rowOf(one, rows.get(one.mac))
    // Taken out first, so that the order is that of the latest requests.
    rows.delete(one.mac)
    rows.set(one.mac, row)
  }
  await inBatches([...rows.values()].slice(-discoveredLimit), (some) => upsert(db, some))
  await forgetOldest(db)
}

function rowOf(one: Discovery, before: DiscoveredRow | undefined): DiscoveredRow {
  return {
    mac: one.mac,
    maker: one.maker,
    model: one.model ?? before?.model ?? null,
    version: one.version ?? before?.version ?? null,
    source: one.source,
    user_agent: one.userAgent ?? before?.user_agent ?? null,
    name: one.name,
    first_at: before?.first_at ?? one.at,
    last_at: one.at,
    count: (before?.count ?? 0) + 1,
  }
}

/** Not every request of a device tells its model: what an earlier one told stays. */
async function upsert(db: Queries, rows: readonly DiscoveredRow[]): Promise<void> {
  await db
    .insertInto('discovered')
    .values(rows)
    .onConflict((c) =>
      c.column('mac').doUpdateSet((e) => ({
        maker: e.ref('excluded.maker'),
        model: e.fn.coalesce('excluded.model', 'discovered.model'),
        version: e.fn.coalesce('excluded.version', 'discovered.version'),
        source: e.ref('excluded.source'),
        user_agent: e.fn.coalesce('excluded.user_agent', 'discovered.user_agent'),
        name: e.ref('excluded.name'),
        last_at: e.ref('excluded.last_at'),
        count: e('discovered.count', '+', e.ref('excluded.count')),
      })),
    )
    .execute()
}

async function forgetOldest(db: Queries): Promise<void> {
  const { count } = await db
    .selectFrom('discovered')
    .select((e) => e.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  if (count <= discoveredLimit) return
  const oldest = db
    .selectFrom('discovered')
    .select('mac')
    .orderBy('last_at')
    .limit(count - discoveredLimit)
  await db.deleteFrom('discovered').where('mac', 'in', oldest).execute()
}

export async function forgetDiscovered(db: Queries, macs: readonly string[]): Promise<void> {
  await inBatches(macs, (batch) => db.deleteFrom('discovered').where('mac', 'in', batch).execute())
}

/** The latest first. */
export async function discoveredDevices(
  db: Queries,
  { limit }: { readonly limit: number },
): Promise<readonly DiscoveredDevice[]> {
  const rows = await db.selectFrom('discovered').selectAll().orderBy('last_at', 'desc').limit(limit).execute()
  return rows.map(discoveredOfRow)
}

export function discoveredOfRow(row: DiscoveredRow): DiscoveredDevice {
  const { model, version, user_agent, first_at, last_at, ...rest } = row
  return {
    ...rest,
    ...given('model', model),
    ...given('version', version),
    ...given('userAgent', user_agent),
    firstAt: first_at,
    lastAt: last_at,
  }
}
