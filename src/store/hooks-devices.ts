import { gather } from './batches.ts'
import type { DeliveryRecord } from './delivery.ts'
import type { Discovery } from './devices-discovered.ts'
import { isProof } from './devices-seen.ts'
import { isOwnRefusal } from './devices-visits.ts'
import { enqueueMessages, type NewMessage } from './hooks-messages.ts'
import type { Queries } from './tables.ts'

/**
 * Tells what became of devices: their first contact, that they have taken what they should have, that they are turned
 * away. To be called before the same records are taken in: it compares with what was known until then.
 */
export async function enqueueDeviceNews(db: Queries, batch: readonly DeliveryRecord[]): Promise<void> {
  const telling = batch
    .filter((one) => one.mac !== undefined && (isProof(one) || isOwnRefusal(one)))
    .toSorted((a, b) => a.at - b.at)
  const devices = await devicesOf(db, [...new Set(telling.flatMap(({ mac }) => mac ?? []))])
  await enqueueMessages(
    db,
    telling.flatMap((record) => {
      const device = devices.get(record.mac ?? '')
      return device?.state === 'linked' ? newsOf(device, record) : []
    }),
  )
}

function newsOf(device: Device, record: DeliveryRecord): readonly NewMessage[] {
  const { at, source, why, completes } = record
  const { mac, model, company } = device
  const news = (type: string, more: object): NewMessage => ({
    type,
    subject: `device:${mac}`,
    at,
    data: { mac, model, company, ...more },
  })
  if (isOwnRefusal(record)) {
    device.refusals++
    const tells = isTelling(device, why)
    device.refused_why = why ?? null
    return tells ? [news('device.turned-away', { source, why })] : []
  }
  const isFirst = (device.last_seen_at ?? 0) < (device.linked_at ?? 0) || device.last_seen_at === null
  const isTaken =
    completes !== undefined && completes === device.revision && completes !== device.delivered_revision
  Object.assign(device, { last_seen_at: at, refusals: 0, refused_why: null })
  if (isTaken) device.delivered_revision = completes
  return [
    ...(isFirst ? [news('device.first-contact', { source })] : []),
    ...(isTaken ? [news('device.in-sync', { revision: completes })] : []),
  ]
}

/**
 * Told once, until the device has a file again. Signing in begins with a refusal that the next request makes good: such
 * a one tells nothing before a second follows.
 */
function isTelling({ refusals, refused_why }: Device, why: string | undefined): boolean {
  if (refusals === 1) return why !== 'credentials-needed'
  return refusals === 2 && refused_why === 'credentials-needed'
}

interface Device {
  readonly mac: string
  readonly model: string
  readonly company: string
  readonly state: string
  readonly linked_at: number | null
  readonly revision: string | null
  last_seen_at: number | null
  delivered_revision: string | null
  refusals: number
  refused_why: string | null
}

async function devicesOf(db: Queries, macs: readonly string[]): Promise<ReadonlyMap<string, Device>> {
  const rows = await gather(macs, (batch) =>
    db
      .selectFrom('device')
      .leftJoin('device_visits', 'device_visits.mac', 'device.mac')
      .select(['device.mac', 'model', 'company', 'state', 'linked_at', 'revision'])
      .select(['last_seen_at', 'delivered_revision', 'refusals', 'refused_why'])
      .where('device.mac', 'in', batch)
      .execute(),
  )
  return new Map(rows.map((row) => [row.mac, { ...row, refusals: row.refusals ?? 0 }]))
}

/** Anybody can invent devices: no more than these wait to be told of, so that a flood drowns nothing else. */
const discoveriesWaiting = 200

/** Tells of devices that were not listed yet. To be called before they are. */
export async function enqueueDiscoveries(db: Queries, batch: readonly Discovery[]): Promise<void> {
  const macs = [...new Set(batch.map(({ mac }) => mac))]
  const known = await gather(macs, (some) =>
    db.selectFrom('discovered').select('mac').where('mac', 'in', some).execute(),
  )
  const linked = await gather(macs, (some) =>
    db.selectFrom('device').select('mac').where('mac', 'in', some).execute(),
  )
  const listed = new Set([...known, ...linked].map(({ mac }) => mac))
  const fresh = new Map(batch.filter(({ mac }) => !listed.has(mac)).map((one) => [one.mac, one]))
  if (fresh.size === 0) return
  const { count } = await db
    .selectFrom('hook_message')
    .select((e) => e.fn.countAll<number>().as('count'))
    .where('type', '=', discovered)
    .executeTakeFirstOrThrow()
  const room = Math.max(0, discoveriesWaiting - Number(count))
  await enqueueMessages(
    db,
    [...fresh.values()].slice(0, room).map(({ mac, maker, model, source, at }) => ({
      type: discovered,
      subject: `device:${mac}`,
      at,
      data: { mac, maker, ...(model === undefined ? {} : { model }), source },
    })),
  )
}

const discovered = 'device.discovered'
