import { type Alarm, alarms } from '../domain/alarms.ts'
import { hasItsFiles } from '../domain/standing.ts'
import type { DeviceCondition } from '../store/devices.ts'
import type { RebootEvent, RebootJob } from '../store/reboots.ts'

/** How far a device is on the way from what is wanted of it to having it. */
export type Step = 'wanted' | 'told' | 'came' | 'in-sync'

/** A device on that way, with the time of each step. */
export interface Watched {
  readonly device: DeviceCondition
  readonly job?: RebootJob
  readonly step: Step
  readonly wantedAt?: number
  readonly toldAt?: number
  readonly cameAt?: number
  readonly inSyncAt?: number
  readonly alarms: readonly Alarm[]
}

/** Where a device is now; what its job knew is kept from before, for the job ends with the last step. */
export function watchedOf(
  device: DeviceCondition,
  job: RebootJob | undefined,
  before: Watched | undefined,
  now: number,
): Watched {
  const earlier = before !== undefined && isSameWay(before, device, job) ? before : undefined
  // Rendering makes a new revision a moment after the job; somebody's order wants no new one.
  const wantedAt = earlier?.wantedAt ?? job?.queuedAt ?? device.revisionAt
  const toldAt = job?.toldAt ?? earlier?.toldAt
  const inSync = hasItsFiles(device) && job === undefined
  // Whoever is in sync already may have come since for nothing.
  const came = earlier?.cameAt ?? (inSync ? undefined : cameAfter(device, toldAt ?? wantedAt))
  return {
    device,
    ...(job ? { job } : {}),
    step: inSync ? 'in-sync' : came !== undefined ? 'came' : toldAt !== undefined ? 'told' : 'wanted',
    ...given('wantedAt', wantedAt),
    ...given('toldAt', toldAt),
    ...given('cameAt', came),
    ...(inSync ? given('inSyncAt', device.deliveredAt) : {}),
    alarms: alarms(device, now),
  }
}

/** Another job, or another revision once one is there, begins another way. */
function isSameWay(
  { device: was, job: before }: Watched,
  device: DeviceCondition,
  job: RebootJob | undefined,
) {
  if (job !== undefined) return before?.id === job.id
  return was.revision === undefined || was.revision === device.revision
}

function cameAfter({ lastSeenAt }: DeviceCondition, at: number | undefined): number | undefined {
  return lastSeenAt !== undefined && at !== undefined && lastSeenAt > at ? lastSeenAt : undefined
}

function given<K extends string>(name: K, at: number | undefined): { [P in K]?: number } {
  return (at === undefined ? {} : { [name]: at }) as { [P in K]?: number }
}

/** What went by between two looks, from what was written down of it; the newest first. */
export function recalled(watched: Watched, newestFirst: readonly RebootEvent[]): Watched {
  const since = newestFirst.filter(({ at }) => at >= (watched.wantedAt ?? 0))
  const came = watched.cameAt ?? since.find(({ what }) => what === 'seen')?.at
  // An answer that is noted after the device has come tells nothing any more.
  const end = came ?? watched.inSyncAt ?? Number.POSITIVE_INFINITY
  const told = watched.toldAt ?? since.find(({ what, at }) => what === 'told' && at <= end)?.at
  return { ...watched, ...given('toldAt', told), ...given('cameAt', came) }
}

/** Something that happened to a watched device. */
export interface Happening {
  readonly mac: string
  readonly at: number
  readonly what: Step | 'answered' | 'given-up' | 'alarm'
  readonly detail?: string
  readonly alarm?: Alarm
}

/** What a device did beside its steps: it came by itself, for the first time or again, or goes on taking its files. */
export function visitHappenings(
  { device, inSyncAt, alarms: found }: Watched,
  since: number,
): readonly Happening[] {
  const { mac, lastSeenAt } = device
  if (found.includes('turned-away')) return [{ mac, at: since, what: 'alarm', alarm: 'turned-away' }]
  if (lastSeenAt === undefined) return []
  const came = { mac, at: lastSeenAt, what: 'came' } as const
  if (inSyncAt === undefined || inSyncAt < since) return [came]
  return [came, { mac, at: inSyncAt, what: 'in-sync' }]
}

/** What happened between two looks; of a device that is seen for the first time, where it is, unless it is in sync. */
export function happenings(before: Watched | undefined, after: Watched, now: number): readonly Happening[] {
  const { device, job } = after
  const { mac } = device
  const found: Happening[] = []
  const told = (what: Happening['what'], at: number | undefined, detail?: string): void => {
    found.push({ mac, at: at ?? now, what, ...(detail === undefined ? {} : { detail }) })
  }
  if (!before && after.step === 'in-sync') return []
  const anew = !before || before.wantedAt !== after.wantedAt
  if (anew && after.wantedAt !== undefined) told('wanted', after.wantedAt, job?.reasons.join(', '))
  if (after.toldAt !== undefined && after.toldAt !== before?.toldAt)
    told('told', after.toldAt, job?.lastDetail)
  else if (job && job.attempts > (before?.job?.attempts ?? 0)) told('answered', undefined, job.lastDetail)
  if (job?.state === 'given-up' && before?.job?.state !== 'given-up') told('given-up', undefined)
  if (after.cameAt !== undefined && (anew || before?.cameAt === undefined)) told('came', after.cameAt)
  if (after.step === 'in-sync' && (anew || before?.step !== 'in-sync')) told('in-sync', after.inSyncAt)
  const alarms = after.alarms.filter((alarm) => !before?.alarms.includes(alarm))
  return [...found, ...alarms.map((alarm) => ({ mac, at: now, what: 'alarm' as const, alarm }))]
}
