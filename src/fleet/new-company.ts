import type { ModelLookup } from '../domain/model.ts'
import { fault } from '../domain/problem.ts'
import type { FleetReader } from '../store/store.ts'
import { readEntries } from './entries.ts'
import { FleetFailure } from './failure.ts'
import { type FleetPlan, planEntries } from './plan.ts'
import type { CompanyEntry } from './schema.ts'

/** Plans a company without sites and lines yet; one of that name is not changed by it. */
export async function planNewCompany(
  reader: FleetReader,
  entry: CompanyEntry,
  models: ModelLookup,
): Promise<FleetPlan> {
  const { name } = entry
  const [stored] = await reader.readFleet({ companies: [name], secrets: false })
  if (stored) {
    const wrong = `there is a company "${name}" already`
    const right = 'give another name, or change the one that is there'
    throw new FleetFailure('name-taken', wrong, right, [fault('name-taken', 'name', wrong, right)])
  }
  return planEntries(reader, readEntries({ companies: [entry] }), models, { prune: false })
}
