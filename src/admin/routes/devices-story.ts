import { z } from 'zod'
import { defined } from '../../fleet/kept.ts'
import { boots } from '../../provision/boots.ts'
import { recalled, watchedOf } from '../../provision/steps.ts'
import type { FoundDevice } from '../../store/devices.ts'
import type { RebootEvent, RebootJob } from '../../store/reboots.ts'
import { nothingThere } from '../http/failure.ts'
import { route } from '../route.ts'
import { instant, instantIf, time } from './devices-shown.ts'
import { jobOf, shownJob } from './reboots-shown.ts'

/** As many starts are told, out of as many deliveries, and as many events and changes. */
const told = { boots: 20, deliveries: 1000, events: 50, changes: 20 }

export const loopOf = z
  .object({
    step: z.enum(['wanted', 'told', 'came', 'in-sync']),
    wantedAt: time.optional(),
    toldAt: time.optional(),
    cameAt: time.optional().describe('It asked for a file since'),
    fetchedAt: time.optional().describe('It had every file of a revision, of this one when it is in sync'),
    inSyncAt: time.optional(),
  })
  .describe('From the last change to the device having what it should have')

/** How far a device is on its way; `newestFirst` is what happened to its job. */
export function shownLoop(
  { device }: FoundDevice,
  job: RebootJob | undefined,
  newestFirst: readonly RebootEvent[],
  now: number,
): z.input<typeof loopOf> {
  const watched = recalled(watchedOf(device, job, undefined, now), newestFirst)
  return {
    step: watched.step,
    ...defined({
      wantedAt: instantIf(watched.wantedAt),
      toldAt: instantIf(watched.toldAt),
      cameAt: instantIf(watched.cameAt),
      fetchedAt: instantIf(device.deliveredAt),
      inSyncAt: instantIf(watched.inSyncAt),
    }),
  }
}

const names = z.array(z.string())

const bootOf = z.object({
  id: z.string().describe('As the log calls it'),
  from: time,
  to: time,
  sources: names,
  transports: names,
  userAgents: names,
  given: names,
  unchanged: names.describe('It had these already'),
  brokenOff: names,
  notThere: names,
  uploads: names,
  refused: z.array(z.object({ name: z.string(), why: z.string(), reason: z.string(), source: z.string() })),
  revision: z.object({ id: z.string(), isWanted: z.boolean() }).optional(),
  isWhole: z.boolean().describe('It had every file of that revision by the end'),
})

export const storyOf = z.object({
  job: jobOf.optional(),
  events: z.array(
    z.object({
      at: time,
      what: z.string(),
      detail: z.string().optional(),
      who: z.string().optional(),
    }),
  ),
  history: z.array(z.object({ at: time, what: z.string(), before: z.string(), after: z.string() })),
  boots: z.array(bootOf),
})

export const readStory = route({
  id: 'readDeviceStory',
  method: 'get',
  path: '/devices/{mac}/story',
  summary: 'Read the story of a device: how it was told, what it changed of itself, and its starts',
  tag: 'devices',
  action: 'device.read',
  of: 'device',
  answer: storyOf,
  async handle({ place: { mac = '' }, services }) {
    const { store, catalogue, now } = services
    const [found] = await store.devices.findNamed([mac], now())
    if (!found) throw nothingThere()
    const [job] = await store.reboots.jobs({ mac, limit: 1 })
    const events = await store.reboots.eventsOf(mac, told.events)
    const history = await store.devices.historyOf(mac, told.changes)
    const deliveries = await store.devices.deliveriesOf(mac, told.deliveries)
    return {
      body: {
        ...(job ? { job: shownJob(job, catalogue) } : {}),
        events: events.map(({ at, what, detail, who }) => ({
          at: instant(at),
          what,
          ...defined({ detail, who }),
        })),
        history: history.map(({ at, what, before, after }) => ({ at: instant(at), what, before, after })),
        boots: boots(found.device, deliveries)
          .slice(0, told.boots)
          .map((boot) => ({ ...boot, from: instant(boot.from), to: instant(boot.to) })),
      },
    }
  },
})
