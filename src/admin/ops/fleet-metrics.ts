import { Gauge, type Registry } from 'prom-client'
import { type Standing, standing } from '../../domain/standing.ts'
import type { RebootJob } from '../../store/reboots.ts'
import type { Store } from '../../store/store.ts'

type Observed = Pick<Store, 'devices' | 'reboots' | 'hooks' | 'readFleet'>

/** Companies without their lines. */
const noLines = { numbers: [], macs: [], watched: [] }

/** So long the state of all devices holds: several who scrape must not read the whole fleet several times. */
const countedFor = 10_000
const pageSize = 500

/** What the store knows of the fleet, read when somebody looks. */
export function observeFleet(registry: Registry, store: Observed, now: () => number): void {
  const registers = [registry]
  const count = remembering(() => countDevices(store, now()), now)
  new Gauge({
    name: 'bootline_devices',
    help: 'Devices by their state',
    labelNames: ['state'],
    registers,
    async collect() {
      for (const [state, devices] of Object.entries(await count())) this.set({ state }, devices)
    },
  })
  new Gauge({
    name: 'bootline_reboot_jobs',
    help: 'Devices in the reboot queue by the state of their job',
    labelNames: ['state'],
    registers,
    async collect() {
      for (const [state, jobs] of Object.entries(await store.reboots.count())) this.set({ state }, jobs)
    },
  })
  new Gauge({
    name: 'bootline_reboot_oldest_seconds',
    help: 'For how long the oldest job that is not given up has been in the reboot queue',
    registers,
    async collect() {
      const oldest = await oldestJob(store)
      this.set(oldest ? Math.max(0, now() - oldest.queuedAt) / 1000 : 0)
    },
  })
  new Gauge({
    name: 'bootline_messages_waiting',
    help: 'Messages to the webhook that are not yet taken',
    registers,
    async collect() {
      this.set(await store.hooks.count())
    },
  })
}

async function countDevices(
  { devices, readFleet }: Observed,
  now: number,
): Promise<Record<Standing, number>> {
  const companies = await readFleet({ secrets: false, around: noLines })
  const access = new Map(companies.map(({ name, deviceAccess }) => [name, deviceAccess]))
  const counts: Record<Standing, number> = {
    'in-sync': 0,
    behind: 0,
    awaited: 0,
    'never-seen': 0,
    'turned-away': 0,
    unlinked: 0,
  }
  let after: string | undefined
  for (;;) {
    const page = await devices.conditions({ limit: pageSize, ...(after === undefined ? {} : { after }) })
    for (const device of page) counts[standing(device, access.get(device.company), now)]++
    after = page.at(-1)?.mac
    if (page.length < pageSize) return counts
  }
}

/** Jobs come in the order they were queued; those that were given up stay, and are nobody's delay. */
async function oldestJob({ reboots }: Observed): Promise<RebootJob | undefined> {
  let after: number | undefined
  for (;;) {
    const page = await reboots.jobs({ limit: pageSize, ...(after === undefined ? {} : { after }) })
    const waiting = page.find(({ state }) => state !== 'given-up')
    after = page.at(-1)?.id
    if (waiting || page.length < pageSize) return waiting
  }
}

function remembering<T>(work: () => Promise<T>, now: () => number): () => Promise<T> {
  let known: { readonly at: number; readonly value: Promise<T> } | undefined
  return () => {
    if (known && now() - known.at < countedFor) return known.value
    const value = work()
    known = { at: now(), value }
    value.catch(() => {
      known = undefined
    })
    return value
  }
}
