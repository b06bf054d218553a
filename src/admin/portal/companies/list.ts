import { mayAnywhere } from '../../../domain/permissions.ts'
import { address } from '../address.ts'
import { administrationCrumbs } from '../crumbs.ts'
import type { Listed } from '../listed.ts'
import type { Page } from '../page.ts'
import { companyPath } from './known.ts'

interface Found {
  readonly name: string
  readonly sites: number
  readonly lines: number
  readonly deletion?: string
}

const pageSize = 50

/** All companies somebody manages, found by words of their names. */
export const companyList: Page = {
  path: '/companies',
  action: 'company.settle',
  async show({ ask, query, who, text }) {
    const { search, after } = query
    const { body } = await ask<Listed<Found>>('listCompanies', { query: { search, after, limit: pageSize } })
    return {
      view: 'companies/list',
      title: text('companies.title'),
      place: 'administration',
      data: {
        crumbs: administrationCrumbs({ text }),
        search,
        companies: body.items.map((company) => ({ ...company, to: companyPath(company.name) })),
        // Who has two or three does not look for one.
        searched: search !== undefined || after !== undefined || body.items.length > 5,
        mayCreate: mayAnywhere(who, 'company.create'),
        first: after && address('/companies', { search }),
        next: body.next && address('/companies', { search, after: body.next }),
      },
    }
  },
}
