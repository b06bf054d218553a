import { z } from 'zod'
import { nothingThere } from '../http/failure.ts'
import { doorOf, personSeen } from '../people/acting.ts'
import { shutOut } from '../people/guard.ts'
import { route } from '../route.ts'
import { etagOf } from './fleet-etag.ts'
import { personParams } from './people-change.ts'
import { numberedPage, personOf, personState, shownPerson } from './people-shown.ts'

export const listPeople = route({
  id: 'listPeople',
  method: 'get',
  path: '/people',
  summary: 'Look for people who may sign in, by name or e-mail address',
  tag: 'people',
  action: 'people.read',
  of: 'fleet',
  query: z.strictObject({
    search: z.string().trim().min(1).max(200).optional(),
    company: z.string().optional().describe('Who has to do with this company; without operators'),
    ...numberedPage,
  }),
  answer: z.object({ items: z.array(personOf), next: z.string().optional() }),
  async handle({ who, query: { search, company, after, limit }, services }) {
    const own = who.companies === 'all' ? undefined : who.companies
    if (company !== undefined && own?.includes(company) === false) throw nothingThere()
    const companies = company === undefined ? own : [company]
    const found = await services.store.people.list({
      limit,
      ...(after === undefined ? {} : { after }),
      ...(search === undefined ? {} : { text: search }),
      ...(companies ? { companies } : {}),
    })
    const locked = await shutOut(doorOf(services), found)
    const last = found.at(-1)
    return {
      body: {
        items: found.map((person) => shownPerson(who, person, locked.get(person.id))),
        ...(last && found.length === limit ? { next: String(last.id) } : {}),
      },
    }
  },
})

export const readPerson = route({
  id: 'readPerson',
  method: 'get',
  path: '/people/{person}',
  summary: 'Read somebody',
  tag: 'people',
  action: 'people.read',
  of: 'fleet',
  params: personParams,
  answer: personOf,
  async handle(call) {
    const person = await personSeen(call, call.params.person)
    const locked = await shutOut(doorOf(call.services), [person])
    const body = shownPerson(call.who, person, locked.get(person.id))
    return { body, etag: etagOf(personState(call.who, person)) }
  },
})
