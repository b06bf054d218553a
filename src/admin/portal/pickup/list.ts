import { address } from '../address.ts'
import type { Page, Visit } from '../page.ts'
import type { Group } from './members.ts'
import { groupPath } from './paths.ts'

/** The pickup groups of a company, site by site. */
export const pickupList: Page = {
  path: '/pickup',
  action: 'pickup.write',
  async show(visit) {
    const { ask, text, query } = visit
    const companies = await companiesOf(visit)
    const company = query.company ?? companies[0] ?? ''
    const params = { company }
    const { body: sites } = await ask<Items<{ readonly name: string }>>('listSites', { params })
    const { body: groups } = await ask<Items<Group>>('listPickupGroups', { params })
    const { body: settings } = await ask<Settings>('readCompany', { params })
    return {
      view: 'pickup/list',
      title: text('pickup.title'),
      place: 'pickup',
      data: {
        company,
        code: settings.codes.groupPickup,
        companies: companies.length > 1 ? companies.map((name) => ({ value: name, label: name })) : [],
        sites: sites.items.map(({ name: site }) => ({
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

interface Items<T> {
  readonly items: readonly T[]
}

interface Settings {
  readonly codes: { readonly groupPickup: string }
}

/** For those who see several; a company's own page leads here too. */
async function companiesOf({ ask }: Visit): Promise<readonly string[]> {
  const { body } = await ask<Items<{ readonly name: string }>>('listCompanies', { query: { limit: 500 } })
  return body.items.map(({ name }) => name)
}
