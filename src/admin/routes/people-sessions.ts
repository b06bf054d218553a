import { z } from 'zod'
import { nothingThere } from '../http/failure.ts'
import { ownPerson, ownSession } from '../people/acting.ts'
import { type Route, route } from '../route.ts'
import { instant, time } from './devices-shown.ts'
import { eventsOf, numberedPage, shownEvents } from './people-shown.ts'

const listSessions = route({
  id: 'listSessions',
  method: 'get',
  path: '/me/sessions',
  summary: 'Where I am signed in',
  tag: 'me',
  action: 'self.write',
  of: 'server',
  answer: z.object({
    items: z.array(
      z.object({
        id: z.int(),
        current: z.boolean(),
        createdAt: time,
        seenAt: time,
        address: z.string(),
        userAgent: z.string(),
      }),
    ),
  }),
  async handle(call) {
    const person = await ownPerson(call)
    const current = await ownSession(call)
    const { people } = call.services.store
    const sessions = await people.sessions.ofPerson(person.id, call.services.now())
    return {
      body: {
        items: sessions.map(({ id, createdAt, seenAt, address, userAgent }) => {
          const times = { createdAt: instant(createdAt), seenAt: instant(seenAt) }
          return { id, current: id === current?.id, ...times, address, userAgent }
        }),
      },
    }
  },
})

const endSession = route({
  id: 'endSession',
  method: 'delete',
  path: '/me/sessions/{session}',
  summary: 'Sign out somewhere else',
  tag: 'me',
  action: 'self.write',
  of: 'server',
  params: z.object({ session: z.coerce.number().int().positive() }),
  async handle(call) {
    const { id } = await ownPerson(call)
    if (!(await call.services.store.people.sessions.end(id, call.params.session))) throw nothingThere()
    return {}
  },
})

const endSessions = route({
  id: 'endSessions',
  method: 'delete',
  path: '/me/sessions',
  summary: 'Sign out everywhere, here too if it is not said otherwise',
  tag: 'me',
  action: 'self.write',
  of: 'server',
  query: z.strictObject({
    others: z.enum(['true', 'false']).optional().describe('true: stay signed in here'),
  }),
  async handle(call) {
    const { id } = await ownPerson(call)
    const kept = call.query.others === 'true' ? (await ownSession(call))?.id : undefined
    await call.services.store.people.sessions.endAll(id, kept)
    return {}
  },
})

const listMySignIns = route({
  id: 'listMySignIns',
  method: 'get',
  path: '/me/sign-ins',
  summary: 'When and from where somebody signed in as me, or tried to, newest first',
  tag: 'me',
  action: 'self.write',
  of: 'server',
  query: z.strictObject(numberedPage),
  answer: eventsOf,
  async handle(call) {
    const { after: before, limit } = call.query
    const { id: person } = await ownPerson(call)
    const query = { person, limit, ...(before === undefined ? {} : { before }) }
    return { body: shownEvents(await call.services.store.people.watch.events(query), limit) }
  },
})

export const sessionRoutes: readonly Route[] = [listSessions, endSession, endSessions, listMySignIns]
