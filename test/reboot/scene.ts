import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { catalogue } from '../../src/devices/catalogue.ts'
import { drivers } from '../../src/devices/vendors.ts'
import { applyEntries } from '../../src/fleet/apply.ts'
import { readEntries } from '../../src/fleet/entries.ts'
import { type RebootService, startRebootService } from '../../src/reboot/service.ts'
import type { Wake, WakeAnswer } from '../../src/reboot/wake.ts'
import type { Senders } from '../../src/reboot/ways.ts'
import type { RebootEvent, RebootJob, Reboots } from '../../src/store/reboots.ts'
import type { Store } from '../../src/store/store.ts'
import { openStore } from '../store/databases.ts'
import { type Clock, createClock } from './clock.ts'

/** How devices answer: what is told to which of them, the how-manieth time. */
export type Script = (wake: Wake, time: number) => WakeAnswer | Promise<WakeAnswer>

export interface Tell {
  readonly mac: string
  readonly at: number
  readonly wake: Wake
}

export interface Logged {
  readonly level: 'info' | 'warn' | 'error'
  readonly fields: object
  readonly text: string
}

/** A store on disk, a clock of its own, and devices that answer as they are written to. */
export interface Scene {
  readonly clock: Clock
  readonly store: Store
  readonly folder: string
  /** Every tell that went out, in order. */
  readonly tells: readonly Tell[]
  readonly log: readonly Logged[]
  script: Script
  /** Applies a fleet as the command line does, and renders what it changes as the server does. */
  apply(...companies: readonly object[]): Promise<void>
  /** These devices start and take all they should have. */
  boots(...macs: readonly string[]): Promise<void>
  start(wish?: { perMinute?: number; perSite?: number; store?: Store }): RebootService
  job(mac: string): Promise<RebootJob | undefined>
  /** What happened to a device, in order. */
  story(mac: string): Promise<readonly RebootEvent['what'][]>
}

export const heard: WakeAnswer = { result: 'heard', status: 200, detail: '200 OK' }
export const silent: WakeAnswer = { result: 'silent', detail: 'no answer within 32 s' }

/** Two in the afternoon of a winter day in Paris. */
export const afternoon = Date.UTC(2026, 0, 15, 13)
export const second = 1000
export const minute = 60 * second
export const hour = 60 * minute

export async function createScene(start: number = afternoon): Promise<Scene> {
  const folder = await mkdtemp(join(tmpdir(), 'bootline-reboot-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true, maxRetries: 3 }))
  const clock = createClock(start)
  const store = await openStore({ folder, now: clock.now })
  onTestFinished(() => store.close())
  const tells: Tell[] = []
  const log: Logged[] = []
  let rendered = 0

  const scene: Scene = {
    clock,
    store,
    folder,
    tells,
    log,
    script: () => heard,
    async apply(...companies) {
      const who = { name: 'ana', source: 'cli' }
      await applyEntries(store, readEntries({ companies }), catalogue, { who, prune: true })
      const { macs, generation } = await store.devices.changedSince(rendered)
      rendered = generation
      const at = clock.now()
      await store.devices.saveRevisions(macs.map((mac) => ({ mac, revision: `revision-${generation}`, at })))
    },
    async boots(...macs) {
      const records = await Promise.all(macs.map((mac) => store.devices.deviceState(mac)))
      await store.devices.recordDeliveries(
        records.flatMap((device) => {
          if (device?.revision === undefined) return []
          const { mac, revision } = device
          return [{ ...fetch, at: clock.now(), name: `${mac}.cfg`, mac, revision, completes: revision }]
        }),
      )
    },
    start({ perMinute = 1000, perSite = 1000, store: other = store } = {}) {
      const told = (level: Logged['level']) => (fields: object, text: string) =>
        void log.push({ level, fields, text })
      const service = startRebootService({
        store: { reboots: watched(other.reboots, clock) },
        settings: { sip: 'off', rebootsPerMinute: perMinute, rebootsPerSite: perSite },
        catalogue,
        drivers,
        senders: scripted(scene, tells),
        log: { info: told('info'), warn: told('warn'), error: told('error') },
        now: clock.now,
        later: clock.later,
      })
      let closed = false
      const close = async (): Promise<void> => {
        closed = true
        await service.close()
      }
      onTestFinished(async () => {
        if (closed) return
        const closing = close()
        await clock.advance(minute)
        await closing
      })
      return { nudge: service.nudge, close }
    },
    job: async (mac) => (await store.reboots.jobs({ mac, limit: 1 }))[0],
    story: async (mac) => (await store.reboots.eventsOf(mac, 1000)).map(({ what }) => what).reverse(),
  }
  return scene
}

const fetch = {
  kind: 'device',
  transport: 'https',
  method: 'GET',
  status: 200,
  bytes: 1000,
  complete: true,
  source: '192.0.2.7',
} as const

function scripted(scene: Scene, tells: Tell[]): Senders {
  const times = new Map<string, number>()
  const wake = async (wish: Wake): Promise<WakeAnswer> => {
    const time = (times.get(wish.mac) ?? 0) + 1
    times.set(wish.mac, time)
    tells.push({ mac: wish.mac, at: scene.clock.now(), wake: wish })
    return scene.script(wish, time)
  }
  return { of: async () => ({ wake, close: async () => {} }), close: async () => {} }
}

/** The clock does not move on while the queue is asked something. */
function watched(reboots: Reboots, clock: Clock): Reboots {
  return new Proxy(reboots, {
    get(target, name: keyof Reboots) {
      const method = target[name] as (...rest: readonly unknown[]) => Promise<unknown>
      return (...rest: readonly unknown[]) => clock.watch(method(...rest))
    },
  })
}

/** A company of desk phones, one line each; by MAC, what is particular of each. */
export function company(
  name: string,
  phones: Readonly<Record<string, object>>,
  parts: object = {},
  sites: readonly string[] = ['Grasse'],
): object {
  return {
    name,
    deviceAccess: 'open',
    sip: { domain: 'sip.example.net' },
    sites: sites.map((site) => ({ name: site })),
    lines: Object.entries(phones).map(([mac, line], i) => ({
      number: `+3348305${String(i).padStart(4, '0')}`,
      kind: 'fixed',
      site: sites[0],
      firstName: 'Person',
      lastName: String(i),
      equipment: { model: 'yealink/t54w', mac },
      ...line,
    })),
    ...parts,
  }
}

export const mac = (i: number): string => (0x805ec0000000 + i).toString(16)

export const shortcut = (number: string): object => ({
  keys: { shortcuts: [{ number, label: 'Somebody' }] },
})
