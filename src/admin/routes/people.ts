import { z } from 'zod'
import { locales } from '../../domain/intent.ts'
import { checkEmail } from '../../domain/line-rules.ts'
import { checkName } from '../../domain/text-rules.ts'
import { authorOf, doorOf, personSeen, refuseForeign, refuseSelf } from '../people/acting.ts'
import { adminUrlOf } from '../people/admin-url.ts'
import { makeLink, refuseFaults } from '../people/links.ts'
import { meantScope, scopeFields } from '../people/meant-scope.ts'
import { type Route, route } from '../route.ts'
import { etagOf, refuseOtherState } from './fleet-etag.ts'
import { changedScope, personParams } from './people-change.ts'
import { linkRoutes } from './people-links.ts'
import { listPeople, readPerson } from './people-list.ts'
import { meRoutes } from './people-me.ts'
import { secondFactorRoutes } from './people-second-factor.ts'
import { linkOf, personOf, personState, shownLink, shownPerson } from './people-shown.ts'
import { tokenRoutes } from './people-tokens.ts'

const names = {
  email: z.string().max(300),
  name: z.string().max(200),
  locale: z.enum(locales),
}

const addPerson = route({
  id: 'addPerson',
  method: 'post',
  path: '/people',
  summary: 'Add somebody who may sign in, and make the link that invites',
  tag: 'people',
  action: 'people.write',
  of: 'fleet',
  creates: true,
  body: z.strictObject({
    ...names,
    locale: names.locale.default('fr'),
    ...scopeFields,
    invite: z.boolean().default(true).describe('false: no link, for who signs in through a provider'),
  }),
  answer: z.object({ person: personOf, invitation: linkOf.optional() }),
  async handle(call) {
    const { who, body, services } = call
    const { email, name, locale, invite, ...written } = body
    refuseFaults([...checkEmail(email, 'email'), ...checkName(name, 'name')])
    const scope = await meantScope(who, written, services)
    const person = await services.store.people.add(authorOf(call), { email, name, locale, ...scope })
    const door = { ...doorOf(services), adminUrl: adminUrlOf(services.settings) }
    const made = invite ? await makeLink(door, person) : undefined
    return {
      body: { person: shownPerson(who, person), ...(made ? { invitation: shownLink(made) } : {}) },
      location: `/api/v1/people/${person.id}`,
    }
  },
})

const changePerson = route({
  id: 'changePerson',
  method: 'patch',
  path: '/people/{person}',
  summary: 'Change somebody: what he may do from his next request on, or whether he may sign in at all',
  tag: 'people',
  action: 'people.write',
  of: 'fleet',
  guarded: true,
  params: personParams,
  body: z.strictObject({ ...names, ...scopeFields, disabled: z.boolean() }).partial(),
  answer: personOf,
  async handle(call) {
    const { who, params, body, ifMatch, services } = call
    const { email, name, locale, disabled } = body
    const before = await personSeen(call, params.person)
    refuseForeign(who, before)
    const written = changedScope(before, body)
    if (written || disabled !== undefined) refuseSelf(who, params.person)
    refuseFaults([
      ...(email === undefined ? [] : checkEmail(email, 'email')),
      ...(name === undefined ? [] : checkName(name, 'name')),
    ])
    const scope = written && (await meantScope(who, written, services))
    const after = await services.store.people.change(authorOf(call), params.person, (now) => {
      refuseForeign(who, now)
      const state = personState(who, now)
      refuseOtherState(ifMatch, state, { ...state, ...body })
      return {
        ...(email === undefined ? {} : { email }),
        ...(name === undefined ? {} : { name }),
        ...(locale === undefined ? {} : { locale }),
        ...(disabled === undefined ? {} : { disabled }),
        ...(scope ? { scope } : {}),
      }
    })
    return { body: shownPerson(who, after), etag: etagOf(personState(who, after)) }
  },
})

const removePerson = route({
  id: 'removePerson',
  method: 'delete',
  path: '/people/{person}',
  summary: 'Remove somebody, with his sessions, his links and the tokens he made',
  tag: 'people',
  action: 'people.write',
  of: 'fleet',
  guarded: 'if-sent',
  params: personParams,
  async handle(call) {
    const { who, params, ifMatch, services } = call
    await personSeen(call, params.person)
    refuseSelf(who, params.person)
    await services.store.people.remove(authorOf(call), params.person, (now) => {
      refuseForeign(who, now)
      refuseOtherState(ifMatch, personState(who, now), {})
    })
    return {}
  },
})

export const peopleRoutes: readonly Route[] = [
  listPeople,
  addPerson,
  readPerson,
  changePerson,
  removePerson,
  ...linkRoutes,
  ...tokenRoutes,
  ...meRoutes,
  ...secondFactorRoutes,
]
