import { recalled, type Watched, watchedOf } from '../provision/steps.ts'
import type { DeviceCondition } from '../store/devices.ts'
import type { RebootJob } from '../store/reboots.ts'
import type { Store } from '../store/store.ts'
import { allPages } from './devices-listed.ts'

/** Devices by their addresses, all of a company, or without either all that are in the queue while one looks on. */
export interface Whom {
  readonly macs?: readonly string[]
  readonly company?: string
}

/** How all of them are now. */
export async function look(
  store: Store,
  whom: Whom,
  before: ReadonlyMap<string, Watched>,
  now: number,
): Promise<ReadonlyMap<string, Watched>> {
  const jobs = await jobsOf(store, whom)
  const after = new Map<string, Watched>()
  for (const device of await devicesOf(store, whom, jobs, before)) {
    const job = jobs.get(device.mac)
    const earlier = before.get(device.mac)
    const watched = watchedOf(device, job, earlier, now)
    const wentBy = watched.step === 'in-sync' && earlier !== undefined && earlier.step !== 'in-sync'
    after.set(device.mac, wentBy ? recalled(watched, await store.reboots.eventsOf(device.mac, 10)) : watched)
  }
  return after
}

const pageSize = 500

async function jobsOf(store: Store, { macs, company }: Whom): Promise<ReadonlyMap<string, RebootJob>> {
  const query = { limit: pageSize, ...(company === undefined ? {} : { company }) }
  const jobs = new Map<string, RebootJob>()
  for (let page = await store.reboots.jobs(query); page.length > 0; ) {
    for (const job of page) if (macs === undefined || macs.includes(job.mac)) jobs.set(job.mac, job)
    page = await store.reboots.jobs({ ...query, after: page.at(-1)?.id ?? 0 })
  }
  return jobs
}

async function devicesOf(
  store: Store,
  { macs, company }: Whom,
  jobs: ReadonlyMap<string, RebootJob>,
  before: ReadonlyMap<string, Watched>,
): Promise<readonly DeviceCondition[]> {
  if (macs !== undefined) return store.devices.conditionsOf(macs)
  if (company === undefined) return store.devices.conditionsOf([...before.keys(), ...jobs.keys()])
  // One that was unlinked is of interest as long as it is told so.
  const all = await allPages(store.devices.conditions, company)
  return all.filter(({ mac, state }) => state === 'linked' || jobs.has(mac) || before.has(mac))
}
