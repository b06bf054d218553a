import type { Ask } from '../ask.ts'

export interface CompanyOption {
  readonly value: string
  readonly label: string
}

export interface Choice {
  readonly options: readonly CompanyOption[]
  /** The one that is meant: the one asked for, or the only one there is. */
  readonly company?: string
}

/** So many fit into a choice that somebody still looks through; the others are found from the start page. */
const most = 200

/** Which company a page is about. */
export async function companyChoice(ask: Ask, asked: string | undefined): Promise<Choice> {
  const { body } = await ask<{ items: readonly { name: string }[] }>('listCompanies', {
    query: { limit: most },
  })
  const names = body.items.map(({ name }) => name)
  const shown = asked === undefined || names.includes(asked) ? names : [asked, ...names]
  const company = asked ?? (names.length === 1 ? names[0] : undefined)
  return {
    options: shown.map((name) => ({ value: name, label: name })),
    ...(company === undefined ? {} : { company }),
  }
}
