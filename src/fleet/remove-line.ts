import type { Company, Line } from '../domain/intent.ts'
import type { ModelLookup } from '../domain/model.ts'
import type { FleetReader } from '../store/store.ts'
import { planEdit } from './edit.ts'
import type { FleetPlan } from './plan.ts'

export interface LineRemoval {
  readonly company: string
  readonly line: Pick<Line, 'number' | 'site'>
  /** The keys that supervise the line go with it; otherwise it stays while there are any. */
  readonly release: boolean
}

/** The plan of a line's going, from the line and those that refer to it: whatever the size of its company. */
export async function planRemoval(
  reader: FleetReader,
  { company, line: { number, site }, release }: LineRemoval,
  models: ModelLookup,
): Promise<FleetPlan> {
  const group = await reader.findPickupGroup(number)
  const around = { numbers: [number], macs: [], watched: [], groupsOf: group ? [site] : [] }
  const edit = (all: Company) => withoutLine(release ? releasing(all, number) : all, number)
  return planEdit(reader, company, edit, models, around)
}

function withoutLine(company: Company, number: string): Company {
  return {
    ...company,
    lines: company.lines.filter((line) => line.number !== number),
    sites: company.sites.map((site) => ({
      ...site,
      pickupGroups: site.pickupGroups.map((group) => ({
        ...group,
        members: group.members.filter((member) => member !== number),
      })),
    })),
  }
}

/** Nobody supervises the line any more. */
function releasing(company: Company, number: string): Company {
  const lines = company.lines.map((line) => {
    if (!line.keys.supervision.includes(number)) return line
    const supervision = line.keys.supervision.filter((each) => each !== number)
    return { ...line, keys: { ...line.keys, supervision } }
  })
  return { ...company, lines }
}
