import { mayAnywhere } from '../../../domain/permissions.ts'
import { address } from '../address.ts'
import { administrationCrumbs } from '../crumbs.ts'
import { companyChoice } from '../home/companies.ts'
import type { Listed } from '../listed.ts'
import type { Page } from '../page.ts'
import { type KnownPerson, personPath, placesShown, stateOf } from './known.ts'

const pageSize = 50

/** Who may sign in, what each may do, and whether he has come. */
export const people: Page = {
  path: '/people',
  action: 'people.read',
  async show(visit) {
    const { ask, query, who, text } = visit
    const { search, company, after } = query
    const { body } = await ask<Listed<KnownPerson>>('listPeople', {
      query: { search, company, after, limit: pageSize },
    })
    const { options } = await companyChoice(ask, company)
    return {
      view: 'people/list',
      title: text('people.title'),
      place: 'administration',
      data: {
        search,
        company,
        options,
        several: options.length > 1,
        isNarrowed: search !== undefined || company !== undefined,
        people: body.items.map((person) => ({
          ...person,
          ...stateOf(person),
          places: placesShown(visit, person),
          to: personPath(person.id),
        })),
        invite: mayAnywhere(who, 'people.write'),
        crumbs: administrationCrumbs(visit),
        first: after === undefined ? undefined : address('/people', { search, company }),
        next: body.next === undefined ? undefined : address('/people', { search, company, after: body.next }),
      },
    }
  },
}
