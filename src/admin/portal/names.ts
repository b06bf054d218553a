import type { Listed } from './listed.ts'
import type { Visit } from './page.ts'

interface Named {
  readonly name: string
}

/** Something to choose, as lists of choices have it. */
export interface Choice {
  readonly value: string
  readonly label: string
}

/** More than somebody ticks or looks through; the others are searched for, or given over the API. */
const mostCompanies = 500

/** The companies that somebody sees, by their names. */
export async function companyNames(
  { ask }: Pick<Visit, 'ask'>,
  limit = mostCompanies,
): Promise<readonly string[]> {
  const { body } = await ask<Listed<Named>>('listCompanies', { query: { limit } })
  return body.items.map(({ name }) => name)
}

/** The sites of a company; of several companies at once none. */
export async function siteNames(
  { ask }: Pick<Visit, 'ask'>,
  company: string | undefined,
): Promise<readonly string[]> {
  if (company === undefined) return []
  const { body } = await ask<Listed<Named>>('listSites', { params: { company } })
  return body.items.map(({ name }) => name)
}

/** Names to choose from, each as it is. */
export function choicesOf(names: readonly string[]): readonly Choice[] {
  return names.map((name) => ({ value: name, label: name }))
}
