import { sql } from 'kysely'
import type { DeliveryRecord } from './delivery.ts'
import { builtOnce, runEach } from './statements.ts'
import type { Queries } from './tables.ts'

const updateSeen = sql`update device set
    first_seen_at = coalesce(first_seen_at, ${0}),
    last_seen_at = ${0},
    last_source = ${''},
    last_user_agent = coalesce(${''}, last_user_agent),
    last_version = coalesce(${''}, last_version)
  where mac = ${''} and (last_seen_at is null or last_seen_at <= ${0})`

const updateDelivered = sql`update device set delivered_revision = ${''}, delivered_at = ${0}
  where mac = ${''} and (delivered_at is null or delivered_at <= ${0})`

/** Notes when, where and as what devices were seen last. A batch that comes late does not undo a later one. */
export async function saveSeen(db: Queries, deliveries: readonly DeliveryRecord[]): Promise<void> {
  const latest = new Map<string, Seen>()
  for (const record of deliveries) {
    if (record.mac !== undefined && isProof(record)) latest.set(record.mac, seen(record, record.mac, latest))
  }
  const text = builtOnce(db, 'seen', () => updateSeen.compile(db).sql)
  const values = ({ mac, first, at, source, agent, version }: Seen) => [
    first,
    at,
    source,
    agent,
    version,
    mac,
    at,
  ]
  await runEach(db, text, [...latest.values()].map(values))
}

/** Anybody may ask in a device's name; only who was let have its files says where and what the device is. */
export function isProof({ kind, status }: DeliveryRecord): boolean {
  return kind === 'device' && status >= 200 && status < 400
}

interface Seen {
  readonly mac: string
  readonly first: number
  readonly at: number
  readonly source: string
  readonly agent: string | null
  readonly version: string | null
}

/** The record and what the batch says of the device otherwise: of what both tell, the later counts. */
function seen(record: DeliveryRecord, mac: string, latest: ReadonlyMap<string, Seen>): Seen {
  const { at, source, userAgent, version } = record
  const own = { mac, first: at, at, source, agent: userAgent ?? null, version: version ?? null }
  const other = latest.get(mac)
  if (!other) return own
  const [earlier, later] = other.at <= at ? [other, own] : [own, other]
  return {
    ...later,
    first: Math.min(own.first, other.first),
    agent: later.agent ?? earlier.agent,
    version: later.version ?? earlier.version,
  }
}

/** Notes what devices have taken whole. A batch that comes late does not undo a later one. */
export async function saveDelivered(db: Queries, deliveries: readonly DeliveryRecord[]): Promise<void> {
  const completed = deliveries.flatMap(({ mac, completes, at }) =>
    mac === undefined || completes === undefined ? [] : [{ mac, revision: completes, at }],
  )
  const latest = new Map<string, (typeof completed)[number]>()
  for (const one of completed) if (one.at >= (latest.get(one.mac)?.at ?? 0)) latest.set(one.mac, one)
  const text = builtOnce(db, 'delivered', () => updateDelivered.compile(db).sql)
  await runEach(
    db,
    text,
    [...latest.values()].map(({ mac, revision, at }) => [revision, at, mac, at]),
  )
}
