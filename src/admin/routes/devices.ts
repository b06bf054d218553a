import { z } from 'zod'
import { extentOf } from '../../domain/extent.ts'
import { judge } from '../../domain/permissions.ts'
import { defined } from '../../fleet/kept.ts'
import { nothingThere } from '../http/failure.ts'
import { type Route, route } from '../route.ts'
import { closeWindow, openWindow, rebootDevice } from './devices-act.ts'
import { readFileChanges, readFiles } from './devices-files.ts'
import { alarmNames, deviceOf, shownDevice, standings } from './devices-shown.ts'
import { loopOf, readStory, shownLoop } from './devices-story.ts'
import { pageQuery } from './lines-list.ts'
import { jobOf, shownJob } from './reboots-shown.ts'

const listDevices = route({
  id: 'listDevices',
  method: 'get',
  path: '/devices',
  summary: 'List devices and how they are, or look for them by their lines or MAC',
  tag: 'devices',
  action: 'device.read',
  of: 'fleet',
  query: z.strictObject({
    search: z.string().trim().min(1).max(200).optional().describe('Name, number or MAC, in any writing'),
    company: z.string().optional(),
    site: z.string().optional(),
    model: z.string().optional(),
    standing: z.enum(standings).optional(),
    alarm: z.enum([...alarmNames, 'any']).optional(),
    ...pageQuery,
  }),
  answer: z.object({ items: z.array(deviceOf), next: z.string().optional() }),
  async handle({ who, query, services: { store, catalogue, now } }) {
    const { limit, search: text, ...filters } = query
    const within = extentOf(who, 'device.read')
    const found = await store.devices.find({ within, limit, now: now(), ...defined({ ...filters, text }) })
    const last = found.length === limit ? found.at(-1)?.device.mac : undefined
    return {
      body: {
        items: found.map((one) => shownDevice(one, catalogue)),
        ...defined({ next: last }),
      },
    }
  },
})

const readDevice = route({
  id: 'readDevice',
  method: 'get',
  path: '/devices/{mac}',
  summary: 'Read a device: what it should have, what it has, and how far it is on the way',
  tag: 'devices',
  action: 'device.read',
  of: 'device',
  answer: deviceOf.extend({
    account: z.string().optional().describe('The name it signs in with here, for who manages it'),
    loop: loopOf,
    job: jobOf.optional().describe('In the queue of devices that are to be told'),
  }),
  async handle({ who, place, services: { store, catalogue, now } }) {
    const { mac = '' } = place
    const at = now()
    const [found] = await store.devices.findNamed([mac], at)
    if (!found) throw nothingThere()
    const [job] = await store.reboots.jobs({ mac, limit: 1 })
    const events = await store.reboots.eventsOf(mac, 10)
    const mayKnow = judge(who, 'device.files', place) === 'may'
    const account = mayKnow ? (await store.devices.deviceState(mac))?.account?.user : undefined
    return {
      body: {
        ...shownDevice(found, catalogue),
        loop: shownLoop(found, job, events, at),
        ...defined({ account, job: job && shownJob(job, catalogue) }),
      },
    }
  },
})

export const deviceRoutes: readonly Route[] = [
  listDevices,
  readDevice,
  readStory,
  readFiles,
  readFileChanges,
  openWindow,
  closeWindow,
  rebootDevice,
]
