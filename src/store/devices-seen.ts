import type { DeliveryRecord } from './delivery.ts'
import type { Queries } from './tables.ts'
import { runWithRows } from './values.ts'

const seenColumns = {
  mac: 'text',
  first: 'bigint',
  at: 'bigint',
  source: 'text',
  agent: 'text',
  version: 'text',
} as const

/** Notes when, where and as what devices were seen last. A batch that comes late does not undo a later one. */
export async function saveSeen(db: Queries, deliveries: readonly DeliveryRecord[]): Promise<void> {
  const latest = new Map<string, Seen>()
  for (const record of deliveries) {
    if (record.mac !== undefined && isProof(record)) latest.set(record.mac, seen(record, record.mac, latest))
  }
  await runWithRows(
    db,
    'seen',
    seenColumns,
    [...latest.values()],
    `update device set
        first_seen_at = coalesce(device.first_seen_at, seen.first),
        last_seen_at = seen.at,
        last_source = seen.source,
        last_user_agent = coalesce(seen.agent, device.last_user_agent),
        last_version = coalesce(seen.version, device.last_version)
      from seen
      where device.mac = seen.mac and (device.last_seen_at is null or device.last_seen_at <= seen.at)`,
  )
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
  await runWithRows(
    db,
    'taken',
    { mac: 'text', revision: 'text', at: 'bigint' },
    [...latest.values()],
    `update device set delivered_revision = taken.revision, delivered_at = taken.at from taken
      where device.mac = taken.mac and (device.delivered_at is null or device.delivered_at <= taken.at)`,
  )
}
