import type { DeviceImpact } from '../domain/fleet-diff.ts'
import { defaultQuietHours, nextQuietStart } from '../domain/quiet-hours.ts'
import { gather } from './batches.ts'
import type { Author } from './history.ts'
import { findNews, takeNews } from './reboots-confirm.ts'
import { formerTargets } from './reboots-former.ts'
import type { Addition } from './reboots-merge.ts'
import { placeOf } from './reboots-rows.ts'
import { type LiveTarget, liveTargets } from './reboots-targets.ts'
import { addJobs } from './reboots-write.ts'
import type { Saving } from './saving.ts'
import type { Queries } from './tables.ts'

/** What has to be known of the devices while the change is not saved yet. */
export interface BeforeChange {
  /** Those that were here once. Whoever was not takes everything when it first comes: there is nobody to tell. */
  readonly sites: ReadonlyMap<string, string | null>
  /** How those are reached that may become others. */
  readonly targets: ReadonlyMap<string, LiveTarget>
}

/** The first step of a change. Devices that have what they were to have until now are done with that. */
export async function beforeChange(
  { db, sealer }: Pick<Saving, 'db' | 'sealer'>,
  impacts: readonly DeviceImpact[],
  at: number,
): Promise<BeforeChange> {
  const macs = impacts.map((impact) => impact.mac)
  await takeNews(db, await findNews(db, macs), at)
  const devices = await gather(macs, (batch) =>
    db
      .selectFrom('device')
      .select(['mac', 'site'])
      .where('mac', 'in', batch)
      .where('last_seen_at', 'is not', null)
      .execute(),
  )
  const sites = new Map(devices.map(({ mac, site }) => [mac, site]))
  const changing = impacts.filter(({ mac, restart }) => restart && sites.has(mac)).map(({ mac }) => mac)
  return { sites, targets: await liveTargets(db, sealer, changing) }
}

/** The last step of a change: puts the devices into the queue whose files it makes other ones. */
export async function queueReboots(
  { db, sealer }: Pick<Saving, 'db' | 'sealer'>,
  before: BeforeChange,
  impacts: readonly DeviceImpact[],
  author: Author,
): Promise<void> {
  const known = impacts.filter(({ mac }) => before.sites.has(mac))
  const macs = known.map((impact) => impact.mac)
  const targets = await liveTargets(db, sealer, macs)
  const former = await formerTargets(db, sealer, before.targets, targets)
  const places = await placesNow(db, macs)
  const quietFrom = quietStarts(author.at)
  await addJobs(
    db,
    known.map((impact): Addition => {
      const { mac, model, company, urgency, reasons, restart } = impact
      const place = places.get(mac)
      const site = place?.site ?? before.sites.get(mac) ?? null
      const quiet = urgency === 'quiet-hours'
      return {
        mac,
        model,
        company,
        site,
        place: placeOf(company, site, place?.address ?? null),
        cause: 'change',
        reasons,
        restart,
        quiet,
        who: author.name,
        at: author.at,
        dueAt: quiet ? quietFrom(targets.get(mac)) : author.at,
        target: former.get(mac) ?? null,
      }
    }),
  )
}

async function placesNow(db: Queries, macs: readonly string[]) {
  const rows = await gather(macs, (batch) =>
    db.selectFrom('device').select(['mac', 'site', 'last_source']).where('mac', 'in', batch).execute(),
  )
  return new Map(rows.map(({ mac, site, last_source }) => [mac, { site, address: last_source }]))
}

/** When quiet hours next begin where a device is; thousands of devices share a few clocks. */
export function quietStarts(now: number): (live: LiveTarget | undefined) => number {
  const starts = new Map<string, number>()
  return (live) => {
    if (!live) return now
    const { quietHours = defaultQuietHours, timezone } = live.target
    const key = `${timezone} ${quietHours.from} ${quietHours.to}`
    const start = starts.get(key) ?? nextQuietStart(quietHours, timezone, now)
    starts.set(key, start)
    return start
  }
}
