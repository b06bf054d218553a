import { setTimeout as sleep } from 'node:timers/promises'
import { type Extent, isWithin } from '../domain/extent.ts'
import {
  type Happening,
  happenings,
  recalled,
  visitHappenings,
  type Watched,
  watchedOf,
} from '../provision/steps.ts'
import type { FoundDevice } from '../store/devices.ts'
import type { RebootJob } from '../store/reboots.ts'
import type { Store } from '../store/store.ts'

/** Something that happened to a device on its way to what it should have, in the order it was noticed. */
export interface Noticed {
  readonly id: number
  readonly happening: Happening
  readonly device: FoundDevice
}

/** What happens to devices, for any number of people who look on: the store is looked at once for all of them. */
export interface LoopFeed {
  /** Where it stands: who begins here hears of all that comes. */
  readonly last: number
  /** What was noticed after that and lies within; `undefined` when some of it is kept no more, or never was here. */
  since(id: number, within: Extent): readonly Noticed[] | undefined
  /** Looks once more, or waits for the look that is under way; between two looks there is a pause. */
  look(): Promise<void>
}

/** Of what was noticed, so much is kept for those who come back. */
const kept = 2000
const pause = 500
/** Where a look takes long, there are fewer. */
const shareOfTime = 10
const pageSize = 500
/** Of all that asked between two looks, so many deliveries are gone through; more is a rush, and each asks again. */
const mostVisits = 2000

export function createLoopFeed(store: Pick<Store, 'devices' | 'reboots'>, now: () => number): LoopFeed {
  let before: ReadonlyMap<string, Watched> | undefined
  let noticed: Noticed[] = []
  // A server that starts again does not count on from where another was.
  let last = now() * 1000
  let first = last
  let visited: number | undefined
  let looking: Promise<void> | undefined
  let rest = 0

  async function lookOnce(): Promise<void> {
    await sleep(rest)
    const began = performance.now()
    const at = now()
    const jobs = await allJobs(store)
    const visits = await visitsNow()
    const macs = [...new Set([...(before?.keys() ?? []), ...jobs.keys(), ...visits.keys()])]
    const devices = await store.devices.findNamed(macs, at)
    const after = new Map<string, Watched>()
    for (const one of devices) {
      const { mac } = one.device
      const former = before?.get(mac)
      const watched = await watchedNow(one, jobs.get(mac), former, at)
      // Whoever looks on from now on hears of what comes, not of what has been.
      const visit = visits.get(mac)
      const isWatched = former !== undefined || jobs.has(mac)
      const steps = isWatched ? happenings(former, watched, at) : []
      // A device takes one file after the other: each time it asked, it may be farther than its steps say.
      const found = steps.length > 0 || visit === undefined ? steps : visitHappenings(watched, visit)
      if (before) for (const happening of found) tell(happening, one)
      if (jobs.has(mac)) after.set(mac, watched)
    }
    before = after
    rest = Math.max(pause, (performance.now() - began) * shareOfTime)
  }

  /** Devices that come by themselves are in no queue: what they asked for tells of them. */
  async function visitsNow(): Promise<ReadonlyMap<string, number>> {
    const isFirst = visited === undefined
    const { last: latest, macs } = await store.devices.visitsSince(visited ?? 0, isFirst ? 1 : mostVisits)
    visited = latest
    return isFirst ? new Map() : macs
  }

  async function watchedNow(
    { device }: FoundDevice,
    job: RebootJob | undefined,
    former: Watched | undefined,
    at: number,
  ): Promise<Watched> {
    const watched = watchedOf(device, job, former, at)
    const wentBy = watched.step === 'in-sync' && former !== undefined && former.step !== 'in-sync'
    return wentBy ? recalled(watched, await store.reboots.eventsOf(device.mac, 10)) : watched
  }

  function tell(happening: Happening, device: FoundDevice): void {
    last += 1
    noticed.push({ id: last, happening, device })
    if (noticed.length <= kept * 2) return
    noticed = noticed.slice(-kept)
    first = (noticed[0]?.id ?? last) - 1
  }

  return {
    get last() {
      return last
    },
    since(id, within) {
      if (id < first || id > last) return undefined
      return noticed.filter((one) => one.id > id && concerns(one, within))
    },
    look() {
      looking ??= lookOnce().finally(() => {
        looking = undefined
      })
      return looking
    },
  }
}

function concerns({ device: { device, lines } }: Noticed, within: Extent): boolean {
  return isWithin(within, { ...device, lines: lines.map(({ number }) => number) })
}

async function allJobs({ reboots }: Pick<Store, 'reboots'>): Promise<ReadonlyMap<string, RebootJob>> {
  const jobs = new Map<string, RebootJob>()
  for (let page = await reboots.jobs({ limit: pageSize }); page.length > 0; ) {
    for (const job of page) jobs.set(job.mac, job)
    page = await reboots.jobs({ limit: pageSize, after: page.at(-1)?.id ?? 0 })
  }
  return jobs
}
