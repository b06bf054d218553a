import { z } from 'zod'
import { extentOf } from '../../domain/extent.ts'
import { lineKinds } from '../../domain/intent.ts'
import { defined } from '../../fleet/kept.ts'
import type { CompanyLine } from '../../store/find-lines.ts'
import { nothingThere } from '../http/failure.ts'
import { type Route, route } from '../route.ts'
import type { Services } from '../services.ts'
import { standings } from './devices-shown.ts'
import { etagOf } from './fleet-etag.ts'
import { lineOf, lineState, shownLine } from './lines-shown.ts'

export const pageQuery = {
  after: z.string().max(200).optional().describe('`next` of the page before'),
  limit: z.coerce.number().int().min(1).max(500).default(50),
}

const flag = z.enum(['true', 'false']).transform((text) => text === 'true')

export const listLines = route({
  id: 'listLines',
  method: 'get',
  path: '/lines',
  summary: 'Look for lines by name, number, MAC or e-mail address, in any writing',
  tag: 'lines',
  action: 'line.read',
  of: 'fleet',
  query: z.strictObject({
    search: z.string().trim().min(1).max(200).optional(),
    company: z.string().optional(),
    site: z.string().optional(),
    kind: z.enum(lineKinds).optional(),
    equipment: z
      .enum(['with', 'without', 'to-complete', 'linked', 'missing'])
      .optional()
      .describe(
        'to-complete: the model is known, the MAC is missing; linked: both are known; missing: none, where there could be',
      ),
    behind: flag.optional().describe('Its device was here and has not taken its newest files'),
    standing: flag.optional().describe('true: each line comes with how its device stands'),
    total: flag.optional().describe('true: all that are found are counted, which takes longer'),
    ...pageQuery,
  }),
  answer: z.object({
    items: z.array(lineOf.extend({ standing: z.enum(standings).optional() })),
    total: z.int().optional().describe('On all pages, when asked for by total=true'),
    next: z.string().optional(),
  }),
  async handle({ who, query, services }) {
    const { limit, search: text, total: counted, standing: asked, ...filters } = query
    const within = extentOf(who, 'line.read')
    const page = await services.store.findLines({ within, limit, ...defined({ ...filters, text, counted }) })
    const { items, ...rest } = page
    const stand = asked ? await standingsOf(items, services) : new Map<string, never>()
    const shown = items.map((found) => ({
      ...shownLine(found, services.catalogue),
      ...defined({ standing: stand.get(found.line.equipment?.mac ?? '') }),
    }))
    return { body: { items: shown, ...rest } }
  },
})

async function standingsOf(items: readonly CompanyLine[], { store, now }: Pick<Services, 'store' | 'now'>) {
  const macs = items.flatMap(({ line }) => line.equipment?.mac ?? [])
  const devices = await store.devices.findNamed(macs, now())
  return new Map(devices.map(({ device, standing }) => [device.mac, standing]))
}

export const readLine = route({
  id: 'readLine',
  method: 'get',
  path: '/lines/{line}',
  summary: 'Read a line',
  tag: 'lines',
  action: 'line.read',
  of: 'line',
  answer: lineOf,
  async handle({ place, services }) {
    const found = await services.store.findLine(place.line ?? '')
    if (!found) throw nothingThere()
    return { body: shownLine(found, services.catalogue), etag: etagOf(lineState(found)) }
  },
})

export const lineReading: readonly Route[] = [listLines, readLine]
