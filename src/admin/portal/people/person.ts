import type { z } from 'zod'
import type { eventsOf } from '../../routes/people-shown.ts'
import { withBrowsers } from '../account/account.ts'
import type { Act, Page, Visit } from '../page.ts'
import { aboutPerson, peopleCrumbs, personOfPage, personPath, placesShown, stateOf } from './known.ts'

const eventsShown = 20

/** Somebody: what he may do, how he stands, when he came. */
export const person: Page = {
  path: '/people/{person}',
  action: 'people.read',
  async show(visit) {
    const { person, etag } = await personOfPage(visit)
    const isSelf = visit.who.kind === 'person' && visit.who.id === person.id
    return {
      view: 'people/person',
      title: person.name,
      place: 'administration',
      data: {
        ...aboutPerson(visit, person, etag),
        crumbs: peopleCrumbs(visit),
        ...stateOf(person),
        isSelf,
        mayChange: person.changeable && !isSelf,
        places: placesShown(visit, person),
        events: person.changeable ? await eventsOfPerson(visit, person.id) : undefined,
      },
    }
  },
}

async function eventsOfPerson({ ask }: Visit, id: number): Promise<readonly object[]> {
  const { body } = await ask<z.output<typeof eventsOf>>('listSignIns', {
    params: { person: id },
    query: { limit: eventsShown },
  })
  return withBrowsers(body.items)
}

/** Whoever is disabled is out with his next request, and comes back as he was. */
const able = (['disable', 'enable'] as const).map(
  (verb): Act => ({
    path: `/people/{person}/${verb}`,
    action: 'people.write',
    page: person,
    async do({ ask, params, form }) {
      const id = params.person ?? ''
      const body = { disabled: verb === 'disable' }
      await ask('changePerson', { params: { person: id }, body, ifMatch: form.one('etag') })
      const said = verb === 'disable' ? 'people.disabled' : 'people.enabled'
      return { to: personPath(Number(id)), said: { text: said } }
    },
  }),
)

export const ableActs: readonly Act[] = able
