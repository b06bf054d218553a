import { address, sitePath } from '../address.ts'
import type { Listed } from '../listed.ts'
import type { Page, Visit } from '../page.ts'
import { installPlace } from './place.ts'
import { showSite } from './site.ts'

interface SiteFacts {
  readonly site: string
  readonly lines: number
  readonly linesToComplete: number
}

/** So many companies are a page: an installer has one or two, an operator looks for one. */
const companiesOfAPage = 20

/** Where one is today; who has only one site is there already. */
export const installSites: Page = {
  path: '/install',
  action: 'equipment.write',
  async show(visit) {
    const { companies, next } = await sitesOf(visit)
    const [only, ...others] = companies.flatMap(({ company, sites }) =>
      sites.map(({ site }) => ({ company, site })),
    )
    if (only && others.length === 0 && next === undefined && visit.query.after === undefined) {
      return showSite(visit, only)
    }
    return {
      view: 'install/sites',
      title: visit.text('install.title'),
      place: installPlace(visit),
      data: {
        companies: companies.filter(({ sites }) => sites.length > 0),
        first: visit.query.after && '/install',
        next: next && address('/install', { after: next }),
      },
    }
  },
}

async function sitesOf({ ask, query }: Visit) {
  const { body } = await ask<Listed<{ readonly name: string }>>('listCompanies', {
    query: { limit: companiesOfAPage, after: query.after },
  })
  const companies = await Promise.all(
    body.items.map(async ({ name: company }) => {
      const { body: facts } = await ask<Listed<SiteFacts>>('readSiteFacts', { query: { company } })
      return {
        company,
        sites: facts.items.map((site) => ({ ...site, to: sitePath(company, site.site, '/install') })),
      }
    }),
  )
  return { companies, next: body.next }
}
