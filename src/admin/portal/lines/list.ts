import { judge } from '../../../domain/permissions.ts'
import type { ShownLine } from '../../routes/lines-shown.ts'
import { address, linePath } from '../address.ts'
import { companyChoice } from '../home/companies.ts'
import type { Listed } from '../listed.ts'
import { choicesOf, siteNames } from '../names.ts'
import type { Page, Visit } from '../page.ts'
import { filtersOf, kindPills, statePills } from './filters.ts'

type Found = Listed<ShownLine & { readonly standing?: string }> & { readonly total: number }

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
        sites: choicesOf(await siteNames(visit, company)),
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
