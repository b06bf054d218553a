import { z } from 'zod'
import type { Line } from '../../domain/intent.ts'
import { parseMac } from '../../domain/mac.ts'
import { judge } from '../../domain/permissions.ts'
import { unmaskedParameters } from '../../domain/secret-names.ts'
import type { FleetPlan } from '../../fleet/plan.ts'
import { equipmentSchema } from '../../fleet/schema.ts'
import type { CompanyLine } from '../../store/find-lines.ts'
import { nothingThere } from '../http/failure.ts'
import { notAllowed } from '../http/handler.ts'
import { type Reply, type Route, route } from '../route.ts'
import type { Services } from '../services.ts'
import { goneKeys, goneKeysOf } from './equipment-keys.ts'
import { carryOut, dryRunQuery, isDryRun } from './fleet-change.ts'
import { etagOf, refuseOtherState } from './fleet-etag.ts'
import { planOf, shownPlan } from './fleet-plan.ts'
import { lineChange } from './lines-change.ts'
import { capacityOf, equipmentOf, equipmentState, shownCapacity, shownEquipment } from './lines-shown.ts'

const shown = z.object({
  line: z.string(),
  equipment: equipmentOf.optional(),
  capacity: capacityOf.optional(),
})

const changed = shown.extend({
  plan: planOf,
  dropped: goneKeysOf.describe('Keys that go, because the equipment has no room for them'),
  password: z
    .enum(['renewed', 'kept', 'unchanged'])
    .describe('The SIP password, of which the device that goes still knows: kept is one that people gave'),
})

const readEquipment = route({
  id: 'readEquipment',
  method: 'get',
  path: '/lines/{line}/equipment',
  summary: 'Read the equipment of a line, and how many keys it has room for',
  tag: 'equipment',
  action: 'line.read',
  of: 'line',
  answer: shown,
  async handle({ place, services }) {
    const found = await services.store.findLine(place.line ?? '')
    if (!found) throw nothingThere()
    return { body: shownState(found.line, services), etag: etagOf(equipmentState(found.line)) }
  },
})

const setEquipment = route({
  id: 'setEquipment',
  method: 'put',
  path: '/lines/{line}/equipment',
  summary: 'Link equipment to a line, change its MAC (keys stay) or its model (keys that fit stay)',
  tag: 'equipment',
  action: 'equipment.write',
  of: 'line',
  guarded: true,
  query: dryRunQuery,
  body: equipmentSchema,
  answer: changed,
  async handle(call) {
    const { place, body, ifMatch, services, who } = call
    // Parameters reach further than linking a device does.
    if (body.parameters !== undefined && judge(who, 'line.write', place) !== 'may')
      throw notAllowed('line.write')
    const { parameters } = body
    const change = lineChange(services, {
      number: place.line ?? '',
      change: ({ line }) => {
        const state = equipmentState(line)
        refuseOtherState(ifMatch, state, { ...state, ...body, ...macOf(body.mac) })
        if (!parameters) return { equipment: body }
        const whole = unmaskedParameters(parameters, line.equipment?.parameters)
        return { equipment: { ...body, parameters: whole } }
      },
      field: 'equipment',
    })
    return answered(place.line ?? '', services, await carryOut(call, change, isDryRun(call)))
  },
})

const removeEquipment = route({
  id: 'removeEquipment',
  method: 'delete',
  path: '/lines/{line}/equipment',
  summary: 'Remove the equipment of a line: its keys go with it, and the device is reset',
  tag: 'equipment',
  action: 'equipment.write',
  of: 'line',
  guarded: true,
  query: dryRunQuery,
  answer: changed,
  async handle(call) {
    const { place, ifMatch, services } = call
    const change = lineChange(services, {
      number: place.line ?? '',
      change: ({ line }) => {
        refuseOtherState(ifMatch, equipmentState(line), {})
        return { equipment: null }
      },
      field: 'equipment',
    })
    return answered(place.line ?? '', services, await carryOut(call, change, isDryRun(call)))
  },
})

/** As the server writes it: another writing of the same address is no difference. */
function macOf(text: string | null | undefined): { readonly mac?: string } {
  const parsed = typeof text === 'string' ? parseMac(text, 'mac') : undefined
  return parsed && 'mac' in parsed ? { mac: parsed.mac } : {}
}

/** The line as the plan leaves it, or as it is where the plan leaves it alone. */
async function answered(number: string, services: Services, plan: FleetPlan): Promise<Reply> {
  const change = plan.diff.flatMap(({ lines }) => lines).find(({ after }) => after?.number === number)
  const line = change?.after ?? (await found(number, services)).line
  const renewal = plan.renewals.find((each) => each.number === number)
  return {
    body: {
      ...shownState(line, services),
      plan: shownPlan(plan),
      dropped: goneKeys(change),
      password: renewal?.password ?? 'unchanged',
    },
    etag: etagOf(equipmentState(line)),
  }
}

async function found(number: string, { store }: Pick<Services, 'store'>): Promise<CompanyLine> {
  const line = await store.findLine(number)
  if (!line) throw nothingThere()
  return line
}

function shownState(line: Line, { catalogue }: Pick<Services, 'catalogue'>): z.output<typeof shown> {
  const capacity = shownCapacity(line, catalogue)
  return {
    line: line.number,
    ...(line.equipment ? { equipment: shownEquipment(line.equipment, catalogue) } : {}),
    ...(capacity ? { capacity } : {}),
  }
}

export const equipmentRoutes: readonly Route[] = [readEquipment, setEquipment, removeEquipment]
