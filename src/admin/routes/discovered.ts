import { z } from 'zod'
import type { Catalogue } from '../../devices/catalogue.ts'
import { type Extent, extentOf, isWithin } from '../../domain/extent.ts'
import { parseMac } from '../../domain/mac.ts'
import { defined } from '../../fleet/kept.ts'
import type { DiscoveredDevice } from '../../store/devices.ts'
import { nothingThere } from '../http/failure.ts'
import { type Route, route } from '../route.ts'
import { instant, time } from './devices-shown.ts'
import { pageQuery } from './lines-list.ts'

export const discoveredOf = z.object({
  mac: z.string(),
  maker: z.string(),
  model: z.string().optional().describe('As it can be linked; absent where it was not recognised'),
  label: z.string().optional(),
  firmware: z.string().optional(),
  address: z.string(),
  userAgent: z.string().optional(),
  file: z.string().describe('What it asked for last'),
  firstAt: time,
  lastAt: time,
  times: z.int(),
})

export function shownDiscovered(
  device: DiscoveredDevice,
  catalogue: Catalogue,
): z.input<typeof discoveredOf> {
  const model = catalogue.find(device.model ?? '')
  return {
    mac: device.mac,
    maker: device.maker,
    address: device.source,
    file: device.name,
    firstAt: instant(device.firstAt),
    lastAt: instant(device.lastAt),
    times: device.count,
    ...defined({
      model: model?.id,
      label: model?.label,
      firmware: device.version,
      userAgent: device.userAgent,
    }),
  }
}

const listDiscovered = route({
  id: 'listDiscovered',
  method: 'get',
  path: '/discovered',
  summary: 'List devices that asked for files and that no line has',
  tag: 'discovered',
  action: 'discovered.read',
  of: 'fleet',
  query: z
    .strictObject({
      company: z.string().optional(),
      site: z.string().optional().describe('With company: only those that asked from where its devices are'),
      ...pageQuery,
    })
    .refine(({ company, site }) => (company === undefined) === (site === undefined), {
      message: 'company and site are given together',
    }),
  answer: z.object({ items: z.array(discoveredOf), next: z.string().optional() }),
  async handle({ who, query: { limit, after, company, site }, services: { store, catalogue } }) {
    const reach = extentOf(who, 'discovered.read')
    const within = company === undefined || site === undefined ? reach : oneSite(reach, company, site)
    const found = await store.devices.findDiscovered({ within, limit, ...defined({ after }) })
    const last = found.length === limit ? found.at(-1)?.mac : undefined
    return {
      body: { items: found.map((one) => shownDiscovered(one, catalogue)), ...defined({ next: last }) },
    }
  },
})

/** No farther than somebody reaches anyway. */
function oneSite(reach: Extent, company: string, site: string): Extent {
  const isReached = isWithin(reach, { company, site, lines: [] })
  return isReached ? { companies: [company], sites: [{ company, site }] } : { companies: [] }
}

const forgetDiscovered = route({
  id: 'forgetDiscovered',
  method: 'delete',
  path: '/discovered/{mac}',
  summary: 'Forget such a device until it asks again',
  tag: 'discovered',
  action: 'discovered.read',
  of: 'fleet',
  params: z.object({ mac: z.string() }),
  async handle({ who, params, services: { store } }) {
    const parsed = parseMac(params.mac, 'mac')
    if (!('mac' in parsed)) throw nothingThere()
    const within = extentOf(who, 'discovered.read')
    const [found] = await store.devices.findDiscovered({ within, mac: parsed.mac, limit: 1 })
    if (!found) throw nothingThere()
    await store.devices.forgetDiscovered([found.mac])
    return {}
  },
})

export const discoveredRoutes: readonly Route[] = [listDiscovered, forgetDiscovered]
