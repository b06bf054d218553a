import { modelChoices, modelsKnown } from '../models.ts'
import { type Choice, choicesOf, companyNames, siteNames } from '../names.ts'
import type { Visit } from '../page.ts'
import type { Filters } from './filters.ts'

/** What a list can be narrowed to by choosing; who has one company only means that one. */
interface Choices {
  /** Empty where somebody has to do with one company only. */
  readonly companies: readonly Choice[]
  readonly sites: readonly Choice[]
  readonly models: readonly Choice[]
  readonly place: Pick<Filters, 'company' | 'site'>
}

export async function choicesFor(visit: Visit, asked: Filters): Promise<Choices> {
  const companies = await companyNames(visit)
  const only = companies.length === 1 ? companies[0] : undefined
  const company = only ?? companies.find((name) => name === asked.company)
  const sites = await siteNames(visit, company)
  // A site of the company that was chosen before is none of this one's.
  const site = sites.find((name) => name === asked.site)
  return {
    companies: only === undefined ? choicesOf(companies) : [],
    sites: choicesOf(sites),
    models: modelChoices(await modelsKnown(visit)),
    place: { company, site },
  }
}
