import { z } from 'zod'
import { authorOf, doorOf, personSeen, refuseForeign, visitorOfCall } from '../people/acting.ts'
import { adminUrlOf } from '../people/admin-url.ts'
import { makeLink } from '../people/links.ts'
import { type Route, route } from '../route.ts'
import { personParams } from './people-change.ts'
import { eventsOf, linkOf, numberedPage, shownEvents, shownLink } from './people-shown.ts'

const makeSignInLink = route({
  id: 'makeSignInLink',
  method: 'post',
  path: '/people/{person}/invitation',
  summary: 'Make a link by which somebody sets a password: an invitation, or a reset for who has come before',
  tag: 'people',
  action: 'people.write',
  of: 'fleet',
  creates: true,
  params: personParams,
  body: z.strictObject({
    removeSecondFactor: z
      .boolean()
      .default(false)
      .describe('For who has lost the app and the recovery codes'),
  }),
  answer: linkOf,
  async handle(call) {
    const { who, params, body, services } = call
    const { people } = services.store
    const person = await personSeen(call, params.person)
    refuseForeign(who, person)
    const { name: by, at } = authorOf(call)
    const { address, userAgent } = visitorOfCall(call)
    const event = { at, person: person.id, by, address, userAgent }
    if (body.removeSecondFactor && person.hasSecondFactor) {
      await people.credentials.dropSecondFactor(person.id)
      await people.watch.note({ ...event, what: 'second-factor-off' })
    }
    const made = await makeLink({ ...doorOf(services), adminUrl: adminUrlOf(services.settings) }, person)
    await people.watch.note({ ...event, what: 'link-made' })
    return { body: shownLink(made), status: 201 }
  },
})

const listSignIns = route({
  id: 'listSignIns',
  method: 'get',
  path: '/people/{person}/sign-ins',
  summary: 'When and from where somebody signed in or was refused, newest first',
  tag: 'people',
  action: 'people.read',
  of: 'fleet',
  params: personParams,
  query: z.strictObject(numberedPage),
  answer: eventsOf,
  async handle(call) {
    const { who, params, query, services } = call
    const person = await personSeen(call, params.person)
    refuseForeign(who, person)
    const { after: before, limit } = query
    const found = await services.store.people.watch.events({
      person: person.id,
      limit,
      ...(before === undefined ? {} : { before }),
    })
    return { body: shownEvents(found, limit) }
  },
})

export const linkRoutes: readonly Route[] = [makeSignInLink, listSignIns]
