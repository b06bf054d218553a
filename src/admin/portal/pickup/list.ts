import { address } from '../address.ts'
import type { Listed } from '../listed.ts'
import { choicesOf, companyNames, siteNames } from '../names.ts'
import type { Page } from '../page.ts'
import type { Group } from './members.ts'
import { groupPath } from './paths.ts'

/** The pickup groups of a company, site by site. */
export const pickupList: Page = {
  path: '/pickup',
  action: 'pickup.write',
  async show(visit) {
    const { ask, text, query } = visit
    const companies = await companyNames(visit)
    const company = query.company ?? companies[0] ?? ''
    const params = { company }
    const sites = await siteNames(visit, company)
    const { body: groups } = await ask<Listed<Group>>('listPickupGroups', { params })
    const { body: settings } = await ask<Settings>('readCompany', { params })
    return {
      view: 'pickup/list',
      title: text('pickup.title'),
      place: 'pickup',
      data: {
        company,
        code: settings.codes.groupPickup,
        companies: companies.length > 1 ? choicesOf(companies) : [],
        sites: sites.map((site) => ({
          site,
          add: address('/pickup/new', { company, site }),
          groups: groups.items
            .filter((group) => group.site === site)
            .map(({ name, members }) => ({
              name,
              total: members.length,
              to: groupPath(company, site, name),
            })),
        })),
        hasGroups: groups.items.length > 0,
      },
    }
  },
}

interface Settings {
  readonly codes: { readonly groupPickup: string }
}
