import { z } from 'zod'
import { displayName, type Equipment, type Line, lineKinds, portUses, sipUser } from '../../domain/intent.ts'
import { capacity, maxSupervision } from '../../domain/key-layout.ts'
import type { ModelLookup } from '../../domain/model.ts'
import { maskedParameters } from '../../domain/secret-names.ts'
import { defined } from '../../fleet/kept.ts'
import type { CompanyLine } from '../../store/find-lines.ts'

const used = z.object({ used: z.int(), available: z.int() })

/** How many keys of each sort there are, and how many there may be. */
export const capacityOf = z.object({
  keys: used.describe("Beside the line's own key, such as 4 of 47"),
  supervision: used,
  interception: used,
})

export const equipmentOf = z.object({
  model: z.string(),
  label: z.string().describe('The model as people call it'),
  mac: z.string().optional().describe('12 hex digits; absent until the installer knows it'),
  port: z.int(),
  use: z.enum(portUses).optional(),
  expansion: z.array(z.string()),
  parameters: z.record(z.string(), z.string()).optional(),
})

export const lineOf = z.object({
  company: z.string(),
  number: z.string(),
  displayName: z.string(),
  kind: z.enum(lineKinds),
  site: z.string(),
  firstName: z.string().optional(),
  lastName: z.string().optional(),
  name: z.string().optional(),
  email: z.string().optional(),
  shortNumber: z.string().optional(),
  internetAccess: z.string().optional(),
  sipUser: z.string(),
  equipment: equipmentOf.optional(),
  capacity: capacityOf.optional().describe('Absent where the equipment has no programmable keys'),
})

export type ShownLine = z.output<typeof lineOf>

/** A line for those who may see it: without its password, and without its keys, which not all of them may see. */
export function shownLine({ company, line }: CompanyLine, models: ModelLookup): ShownLine {
  const { number, kind, site, firstName, lastName, name, email, shortNumber, internetAccess, equipment } =
    line
  return {
    company,
    number,
    displayName: displayName(line),
    kind,
    site,
    ...defined({ firstName, lastName, name, email, shortNumber, internetAccess }),
    sipUser: sipUser(line),
    ...defined({
      equipment: equipment && shownEquipment(equipment, models),
      capacity: shownCapacity(line, models),
    }),
  }
}

export function shownEquipment(equipment: Equipment, models: ModelLookup): z.output<typeof equipmentOf> {
  const { model, mac, port, use, expansion, parameters } = equipment
  return {
    model,
    label: models.find(model)?.label ?? model,
    port,
    expansion: [...expansion],
    ...defined({ mac, use, parameters: parameters && maskedParameters(parameters) }),
  }
}

export function shownCapacity(
  { equipment, keys }: Pick<Line, 'equipment' | 'keys'>,
  models: ModelLookup,
): z.output<typeof capacityOf> | undefined {
  const model = models.find(equipment?.model ?? '')
  const room = model && capacity(model, equipment?.expansion)
  if (room === undefined) return undefined
  const { supervision, shortcuts } = keys
  const interception = shortcuts.includes('interception') ? 1 : 0
  return {
    keys: { used: supervision.length + shortcuts.length, available: room },
    supervision: { used: supervision.length, available: Math.min(maxSupervision, room) },
    interception: { used: interception, available: Math.min(1, room) },
  }
}

/** The state that a change of the line itself is meant for; its keys and its equipment have their own. */
export function lineState({ company, line }: CompanyLine): object {
  const { keys, equipment, sip, ...fields } = line
  return { company, ...fields, ...(sip?.user === undefined ? {} : { sip: { user: sip.user } }) }
}

export function equipmentState({ equipment }: Line): object {
  if (!equipment) return {}
  const { parameters, ...fields } = equipment
  return { ...fields, ...(parameters ? { parameters: maskedParameters(parameters) } : {}) }
}
