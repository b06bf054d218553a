import type { Ask } from '../ask.ts'
import { type Choice, choicesOf, companyNames } from '../names.ts'

export interface CompanyChoice {
  readonly options: readonly Choice[]
  /** The one that is meant: the one asked for, or the only one there is. */
  readonly company?: string
}

/** So many fit into a choice that somebody still looks through; the others are found from the start page. */
const most = 200

/** Which company a page is about. */
export async function companyChoice(ask: Ask, asked: string | undefined): Promise<CompanyChoice> {
  const names = await companyNames({ ask }, most)
  const shown = asked === undefined || names.includes(asked) ? names : [asked, ...names]
  const company = asked ?? (names.length === 1 ? names[0] : undefined)
  return {
    options: choicesOf(shown),
    ...(company === undefined ? {} : { company }),
  }
}
