import { diffFleets } from '../domain/diff.ts'
import { checkFleet } from '../domain/fleet-rules.ts'
import { impactsOf } from '../domain/impacts.ts'
import type { Company } from '../domain/intent.ts'
import type { ModelLookup } from '../domain/model.ts'
import type { FleetQuery } from '../store/read-fleet.ts'
import type { FleetReader } from '../store/store.ts'
import { claimsOutside } from './claims.ts'
import { FleetFailure, refuseFaults } from './failure.ts'
import { locateStored } from './merge.ts'
import type { FleetPlan } from './plan.ts'
import { renewals } from './renewals.ts'

/**
 * The plan of what a fleet file cannot say, because what it leaves out stays as it is: something of a company goes, or
 * gets another name. A change that leads to a few lines says so with `around`, and of the company these alone are read.
 */
export async function planEdit(
  reader: FleetReader,
  name: string,
  edit: (company: Company) => Company,
  models: ModelLookup,
  around?: FleetQuery['around'],
): Promise<FleetPlan> {
  const [stored] = await reader.readFleet({ companies: [name], secrets: true, ...(around ? { around } : {}) })
  if (!stored) throw new FleetFailure('company-unknown', `there is no company "${name}"`, 'check its name')
  const edited = edit(stored)
  const left = new Set(edited.sites.map((site) => site.name))
  const removedSites = stored.sites.map((site) => site.name).filter((site) => !left.has(site))
  const claims = await claimsOutside(reader, [stored], [edited], around ? 'lines' : 'companies')
  const problems = checkFleet([{ ...locateStored(edited), removedSites }], models, claims)
  refuseFaults(problems)
  const diff = diffFleets([stored], [edited])
  return {
    diff,
    impacts: impactsOf(diff, [stored], [edited], models),
    warnings: problems,
    renewals: await renewals(diff, reader),
  }
}
