import { CompiledQuery } from 'kysely'
import { isStart, startsKept, withStart } from '../domain/starts.ts'
import { inFewSizes } from './batches.ts'
import type { DeliveryRecord } from './delivery.ts'
import { type HistoryEntry, saveHistory } from './devices-history.ts'
import { isProof } from './devices-seen.ts'
import { insertRows } from './insert.ts'
import { builtOnce } from './statements.ts'
import type { Queries } from './tables.ts'
import type { VisitsRow } from './tables-visits.ts'

/**
 * Counts how devices start and are turned away, and notes what they changed of themselves. To be called before the same
 * records say when they were seen last: it compares with what was known until then.
 */
export async function saveVisits(db: Queries, records: readonly DeliveryRecord[]): Promise<void> {
  const telling = records
    .filter((record) => record.mac !== undefined && (isProof(record) || isOwnRefusal(record)))
    // The last of several repeats is told late.
    .toSorted((a, b) => a.at - b.at)
  const known = await visitorsOf(db, [...new Set(telling.flatMap(({ mac }) => mac ?? []))])
  const history: HistoryEntry[] = []
  for (const record of telling) {
    const visitor = known.get(record.mac ?? '')
    if (!visitor) continue
    if (isOwnRefusal(record)) refuse(visitor, record)
    else history.push(...receive(visitor, record))
  }
  const changed = [...known.values()].filter((visitor) => visitor.changed)
  await insertRows(db, 'device_visits', changed.map(visitsRow), 'overwrite')
  await saveHistory(db, history)
}

/** A device between two records of it. */
interface Visitor {
  readonly mac: string
  seenAt: number | undefined
  version: string | undefined
  agent: string | undefined
  starts: readonly number[]
  refusals: Pick<VisitsRow, 'refusals' | 'refused_at' | 'refused_why'>
  changed: boolean
}

const noRefusals = { refusals: 0, refused_at: null, refused_why: null }

/** Whoever says he is another device is not this one: that is in its story, and no reason to think it is in trouble. */
export function isOwnRefusal({ status, why }: Pick<DeliveryRecord, 'status' | 'why'>): boolean {
  return status >= 400 && why !== undefined && why !== 'absent' && why !== 'mac-mismatch'
}

function refuse(visitor: Visitor, { at, why = '' }: DeliveryRecord): void {
  if (at <= (visitor.seenAt ?? 0)) return
  visitor.refusals = { refusals: visitor.refusals.refusals + 1, refused_at: at, refused_why: why }
  visitor.changed = true
}

function receive(visitor: Visitor, { at, userAgent, version }: DeliveryRecord): readonly HistoryEntry[] {
  const { mac, seenAt } = visitor
  if (at < (seenAt ?? 0)) return []
  visitor.seenAt = at
  if (isStart(seenAt, at)) {
    visitor.starts = withStart(visitor.starts, at)
    visitor.changed = true
  }
  if (visitor.refusals.refusals > 0) {
    visitor.refusals = noRefusals
    visitor.changed = true
  }
  const history: HistoryEntry[] = []
  const tell = (what: HistoryEntry['what'], before: string | undefined, after: string | undefined): void => {
    if (before !== undefined && after !== undefined && before !== after)
      history.push({ mac, at, what, before, after })
  }
  tell('firmware', visitor.version, version)
  tell('user-agent', visitor.agent, userAgent)
  visitor.version = version ?? visitor.version
  visitor.agent = userAgent ?? visitor.agent
  return history
}

async function visitorsOf(db: Queries, macs: readonly string[]): Promise<ReadonlyMap<string, Visitor>> {
  const visitors = new Map<string, Visitor>()
  await inFewSizes(macs, async (batch) => {
    const text = builtOnce(db, `visitors ${batch.length}`, () => visitorRows(db, batch).compile().sql)
    const { rows } = await db.executeQuery<VisitorRow>(CompiledQuery.raw(text, [...batch]))
    for (const row of rows) visitors.set(row.mac, visitorOf(row))
  })
  return visitors
}

function visitorRows(db: Queries, macs: readonly string[]) {
  return db
    .selectFrom('device')
    .leftJoin('device_visits', 'device_visits.mac', 'device.mac')
    .select(['device.mac', 'last_seen_at', 'last_version', 'last_user_agent'])
    .select(['starts', 'refusals', 'refused_at', 'refused_why'])
    .where('device.mac', 'in', macs)
}

type VisitorRow = Awaited<ReturnType<ReturnType<typeof visitorRows>['execute']>>[number]

function visitorOf(row: VisitorRow): Visitor {
  const { refusals, refused_at, refused_why } = row
  return {
    mac: row.mac,
    seenAt: row.last_seen_at ?? undefined,
    version: row.last_version ?? undefined,
    agent: row.last_user_agent ?? undefined,
    starts: startsOf(row.starts),
    refusals: { refusals: refusals ?? 0, refused_at, refused_why },
    changed: false,
  }
}

export function startsOf(column: string | null): readonly number[] {
  return column === null ? [] : (JSON.parse(column) as readonly number[])
}

function visitsRow({ mac, starts, refusals }: Visitor): VisitsRow {
  return {
    mac,
    starts: JSON.stringify(starts),
    starts_since: starts.length < startsKept ? null : (starts[0] ?? null),
    ...refusals,
  }
}
