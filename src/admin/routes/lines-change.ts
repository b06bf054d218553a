import { readEntries } from '../../fleet/entries.ts'
import { type FleetPlan, planEntries } from '../../fleet/plan.ts'
import type { LineEntry } from '../../fleet/schema.ts'
import type { CompanyLine } from '../../store/find-lines.ts'
import type { FleetReader } from '../../store/store.ts'
import { nothingThere } from '../http/failure.ts'
import type { Services } from '../services.ts'
import type { FleetChange } from './fleet-change.ts'

/** Where the one line of a change stands in it. */
export const lineBody = 'companies[0].lines[0]'

type Changed = Partial<Omit<LineEntry, 'number'>>

export interface LineChange {
  readonly number: string
  /** Only what changes, of the line as it is inside the write; throws when it is not the line that was meant. */
  readonly change: (found: CompanyLine, reader: FleetReader) => Changed | Promise<Changed>
  /** Which field of the line the request's body is; absent: the line itself. */
  readonly field?: 'keys' | 'equipment'
}

/** A change of one line, in the form of a fleet file of this line alone, so that it meets the same rules. */
export function lineChange(
  { catalogue }: Pick<Services, 'catalogue'>,
  { number, change, field }: LineChange,
): FleetChange {
  return {
    body: field === undefined ? lineBody : `${lineBody}.${field}`,
    async plan(reader): Promise<FleetPlan> {
      const found = await reader.findLine(number)
      if (!found) throw nothingThere()
      const { company, line } = found
      const entry = { number, kind: line.kind, site: line.site, ...(await change(found, reader)) }
      const entries = readEntries({ companies: [{ name: company, lines: [entry] }] })
      return planEntries(reader, entries, catalogue, { prune: false })
    },
  }
}
