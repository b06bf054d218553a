import { z } from 'zod'
import { type Company, displayName, type Keys, type Line, sipUser } from '../../domain/intent.ts'
import { layKeys, type PlacedKey } from '../../domain/key-layout.ts'
import { defined } from '../../fleet/kept.ts'
import { keysSchema } from '../../fleet/schema.ts'
import type { CompanyLine } from '../../store/find-lines.ts'
import type { FleetReader } from '../../store/store.ts'
import type { Services } from '../services.ts'
import { groupOf, shownUnits, takingBy, takingOf, unitsOf } from './keys-units.ts'
import { capacityOf, shownCapacity } from './lines-shown.ts'

export const shortcutOf = z.union([
  z.literal('interception'),
  z.object({ number: z.string(), label: z.string() }),
])

export const orderOf = z.object({ supervision: z.array(z.string()), shortcuts: z.array(shortcutOf) })

/** Keys as a whole: what is left out is none. */
export const keysBody = keysSchema

export const keysOf = z.object({
  line: z.string(),
  model: z.string().optional(),
  label: z.string().optional(),
  ...orderOf.shape,
  capacity: capacityOf.optional(),
  layout: z
    .array(
      z.object({
        key: z.int().describe('Counted through pages and modules'),
        module: z.int().describe('0 is the phone itself'),
        position: z.int().describe('On that unit'),
        page: z.int().optional().describe('Of the phone, where its keys are on several'),
        role: z.enum(['line', 'supervision', 'shortcut', 'interception']),
        label: z.string(),
        number: z.string(),
        sipUser: z.string().optional().describe('What a supervision key watches'),
      }),
    )
    .describe("Each key in its place, the line's own first"),
  units: unitsOf,
  taking: takingOf.optional(),
  pickupGroup: z.string().optional().describe('The group whose calls the interception key takes'),
})

export type ShownKeys = z.output<typeof keysOf>

export function shownOrder({ supervision, shortcuts }: Keys): z.output<typeof orderOf> {
  return { supervision: [...supervision], shortcuts: [...shortcuts] }
}

/** The state that an order of keys is meant for: the keys, and the equipment whose room they fill. */
export function keysState({ keys, equipment }: Line): object {
  return { ...keys, model: equipment?.model ?? '', expansion: equipment?.expansion ?? [] }
}

/** The company of a line with no more lines than its keys are about. */
export async function companyAround(
  reader: Pick<FleetReader, 'readFleet'>,
  { company: name, line }: CompanyLine,
): Promise<Company> {
  const around = { numbers: [line.number], macs: [], watched: [...line.keys.supervision] }
  const [company] = await reader.readFleet({ companies: [name], secrets: false, around })
  if (!company) throw new Error('a line has lost its company')
  return company
}

export const namesOf = z
  .record(z.string(), z.string())
  .describe('What the supervised lines are called, by number')

/** Lines that are no more have no name. */
export async function namesAround(
  reader: Pick<FleetReader, 'readFleet'>,
  company: string,
  watched: readonly string[],
): Promise<z.output<typeof namesOf>> {
  const around = { numbers: [], macs: [], watched: [...new Set(watched)] }
  const [found] = await reader.readFleet({ companies: [company], secrets: false, around })
  return Object.fromEntries(found?.lines.map((line) => [line.number, displayName(line)]) ?? [])
}

/** The keys of a line as they lie on its phone. */
export function shownKeys(
  line: Line,
  company: Company,
  { catalogue, drivers }: Pick<Services, 'catalogue' | 'drivers'>,
): ShownKeys {
  const { number, keys, equipment } = line
  const model = catalogue.find(equipment?.model ?? '')
  const placed = model ? layKeys(model, equipment?.expansion ?? [], keys.supervision, keys.shortcuts) : []
  const capacity = shownCapacity(line, catalogue)
  return {
    line: number,
    ...(model ? { model: model.id, label: model.label } : {}),
    ...shownOrder(keys),
    ...(capacity ? { capacity } : {}),
    layout: placed.map((key) => {
      const { number: count, module, key: position } = key.slot
      const perPage = module === 0 && !equipment?.expansion.length ? model?.keysPerPage : undefined
      return {
        key: count,
        module,
        position,
        ...(perPage === undefined ? {} : { page: Math.ceil(position / perPage) }),
        role: key.role,
        ...faceOf(key, line, company),
      }
    }),
    units: shownUnits(line, model),
    ...defined({ taking: model && takingBy(model, drivers), pickupGroup: groupOf(line, company) }),
  }
}

function faceOf(
  key: PlacedKey,
  line: Line,
  { codes, lines }: Company,
): Pick<ShownKeys['layout'][number], 'label' | 'number' | 'sipUser'> {
  if (key.role === 'line') return { label: displayName(line), number: line.number }
  if (key.role === 'interception') return { label: 'Interception', number: codes.groupPickup }
  if (key.role === 'shortcut') return { label: key.label, number: key.number }
  const watched = lines.find((other) => other.number === key.number) ?? { number: key.number }
  return { label: displayName(watched), number: key.number, sipUser: sipUser(watched) }
}
