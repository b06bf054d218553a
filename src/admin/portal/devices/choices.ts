import type { Visit } from '../page.ts'
import type { Filters } from './filters.ts'

interface Choice {
  readonly value: string
  readonly label: string
}

/** What a list can be narrowed to by choosing; who has one company only means that one. */
interface Choices {
  /** Empty where somebody has to do with one company only. */
  readonly companies: readonly Choice[]
  readonly sites: readonly Choice[]
  readonly models: readonly Choice[]
  readonly place: Pick<Filters, 'company' | 'site'>
}

interface Names {
  readonly items: readonly { readonly name: string }[]
}

interface Models {
  readonly items: readonly { readonly id: string; readonly label: string }[]
}

export async function choicesFor({ ask }: Visit, asked: Filters): Promise<Choices> {
  const companies = (await ask<Names>('listCompanies', { query: { limit: 500 } })).body.items.map(named)
  const only = companies.length === 1 ? companies[0]?.value : undefined
  const company = only ?? companies.find(({ value }) => value === asked.company)?.value
  const sites =
    company === undefined
      ? []
      : (await ask<Names>('listSites', { params: { company } })).body.items.map(named)
  // A site of the company that was chosen before is none of this one's.
  const site = sites.find(({ value }) => value === asked.site)?.value
  const models = (await ask<Models>('listModels')).body.items.map(({ id, label }) => ({ value: id, label }))
  return {
    companies: only === undefined ? companies : [],
    sites,
    models,
    place: { company, site },
  }
}

function named({ name }: { readonly name: string }): Choice {
  return { value: name, label: name }
}
