import { z } from 'zod'
import { extentOf } from '../../domain/extent.ts'
import { parseMac } from '../../domain/mac.ts'
import { defined } from '../../fleet/kept.ts'
import { ApiFailure } from '../http/failure.ts'
import { type Route, route } from '../route.ts'
import { discoveredOf, shownDiscovered } from './discovered.ts'
import { lineOf, shownLine } from './lines-shown.ts'

export const knownOfMac = z.object({
  mac: z.string(),
  makers: z.array(z.string()).describe('Whose block of addresses it is from; empty where that is not known'),
  lines: z.array(lineOf).describe('That have it already, as far as one sees them'),
  discovered: discoveredOf.optional().describe('It asked for files here, and no line has it'),
})

/** As many lines as the largest device has ports, and more. */
const mostLines = 100

const lookUpMac = route({
  id: 'lookUpMac',
  method: 'get',
  path: '/equipment/mac',
  summary: 'Look what is known of a MAC address, in any writing, before it is linked',
  tag: 'equipment',
  action: 'equipment.write',
  of: 'fleet',
  query: z.strictObject({ mac: z.string().max(100) }),
  answer: knownOfMac,
  async handle({ who, query, services: { store, catalogue } }) {
    const parsed = parseMac(query.mac, 'mac')
    if (!('mac' in parsed)) {
      const { wrong, right } = parsed.problem
      throw new ApiFailure(422, 'mac-invalid', wrong, right, { problems: [parsed.problem] })
    }
    const { mac } = parsed
    const { items } = await store.findLines({
      within: extentOf(who, 'line.read'),
      text: mac,
      limit: mostLines,
    })
    const [asked] = await store.devices.findDiscovered({
      within: extentOf(who, 'discovered.read'),
      mac,
      limit: 1,
    })
    return {
      body: {
        mac,
        makers: [...catalogue.makersOf(mac)],
        lines: items
          .filter(({ line }) => line.equipment?.mac === mac)
          .map((found) => shownLine(found, catalogue)),
        ...defined({ discovered: asked && shownDiscovered(asked, catalogue) }),
      },
    }
  },
})

export const macLookupRoutes: readonly Route[] = [lookUpMac]
