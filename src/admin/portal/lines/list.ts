import { judge } from '../../../domain/permissions.ts'
import type { ShownLine } from '../../routes/lines-shown.ts'
import { address, linePath } from '../address.ts'
import { companyChoice } from '../home/companies.ts'
import type { Page, Visit } from '../page.ts'
import { filtersOf, kindPills, statePills } from './filters.ts'

interface Found {
  readonly items: readonly (ShownLine & { readonly standing?: string })[]
  readonly total: number
  readonly next?: string
}

const pageSize = 50

/** "Gérer vos lignes": lines found by what one knows of them. */
export const lines: Page = {
  path: '/lines',
  action: 'site.read',
  async show(visit) {
    const { ask, query, who, text } = visit
    const filters = filtersOf(query)
    const { body } = await ask<Found>('listLines', {
      query: { ...filters, after: query.after, limit: pageSize, standing: true, total: true },
    })
    const choice = await companyChoice(ask, filters.company)
    const { company } = choice
    const isNarrowed = Object.keys(filters).some((name) => name !== 'company')
    return {
      view: 'lines/list',
      title: text('lines.title'),
      place: 'lines',
      data: {
        filters,
        isNarrowed,
        ...choice,
        several: choice.options.length > 1,
        sites: await sitesOf(visit, company),
        kinds: kindPills(filters),
        states: statePills(filters),
        lines: body.items.map((line) => ({ ...line, to: linePath(line.number) })),
        total: body.total,
        all: address('/lines', { company }),
        create: mayCreate(visit) ? address('/lines/new', { company, site: filters.site }) : undefined,
        first: query.after === undefined ? undefined : address('/lines', { ...filters }),
        next: body.next === undefined ? undefined : address('/lines', { ...filters, after: body.next }),
      },
    }

    function mayCreate({ who: { companies } }: Visit): boolean {
      const some = company ?? (companies === 'all' ? choice.options[0]?.value : companies[0])
      return some !== undefined && judge(who, 'line.write', { company: some }) === 'may'
    }
  },
}

/** The sites of a company to choose from; of several companies at once none. */
export async function sitesOf(
  { ask }: Pick<Visit, 'ask'>,
  company: string | undefined,
): Promise<readonly { readonly value: string; readonly label: string }[]> {
  if (company === undefined) return []
  const { body } = await ask<{ items: readonly { name: string }[] }>('listSites', { params: { company } })
  return body.items.map(({ name }) => ({ value: name, label: name }))
}
