import { judge } from '../../../domain/permissions.ts'
import { sitePath } from '../address.ts'
import { companyChoice } from '../home/companies.ts'
import type { SiteFacts } from '../home/home.ts'
import { sharesOf } from '../home/shares.ts'
import type { Listed } from '../listed.ts'
import type { Page, Visit } from '../page.ts'

/** A site as `listSites` answers. */
export interface KnownSite {
  readonly name: string
  readonly address?: string
  readonly timezone?: string
}

/** The sites of a company, with what there is at each. */
export const sites: Page = {
  path: '/sites',
  action: 'site.read',
  async show(visit) {
    const { company, ...choice } = await companyChoice(visit.ask, visit.query.company ?? firstOf(visit))
    const mayWrite = company !== undefined && judge(visit.who, 'site.write', { company }) === 'may'
    return {
      view: 'sites/list',
      title: visit.text('sites.title'),
      place: 'sites',
      data: {
        ...choice,
        company,
        several: choice.options.length > 1,
        sites: company === undefined ? [] : await sitesOfCompany(visit, company),
        create: mayWrite ? `/companies/${encodeURIComponent(company)}/new-site` : undefined,
      },
    }
  },
}

/** Who has few companies does not choose one before he sees anything. */
function firstOf({ who }: Visit): string | undefined {
  return who.companies === 'all' ? undefined : who.companies[0]
}

async function sitesOfCompany({ ask }: Visit, company: string): Promise<readonly object[]> {
  const { body } = await ask<Listed<KnownSite>>('listSites', { params: { company } })
  const { body: facts } = await ask<Listed<SiteFacts>>('readSiteFacts', { query: { company } })
  const factsOf = new Map(facts.items.map(({ site, ...counts }) => [site, counts]))
  return body.items.map(({ name, ...site }) => {
    const { devices = {}, ...counts } = factsOf.get(name) ?? {}
    const shares = sharesOf(devices, { company, site: name })
    return { ...site, ...counts, site: name, shares, to: sitePath(company, name) }
  })
}
