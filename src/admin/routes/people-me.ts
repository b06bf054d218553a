import { z } from 'zod'
import { locales } from '../../domain/intent.ts'
import { mayAnywhere, permissions, roles } from '../../domain/permissions.ts'
import { checkName } from '../../domain/text-rules.ts'
import { authorOf, doorOf, ownPerson, ownSession, visitorOfCall } from '../people/acting.ts'
import { rotateSession } from '../people/door.ts'
import { refuseFaults } from '../people/links.ts'
import { changePassword } from '../people/own-password.ts'
import { type Route, route } from '../route.ts'
import { sessionRoutes } from './people-sessions.ts'

const actions = Object.keys(permissions) as (keyof typeof permissions)[]

const readMe = route({
  id: 'readMe',
  method: 'get',
  path: '/me',
  summary: 'Who am I, and what may I do somewhere',
  tag: 'me',
  action: 'self.write',
  of: 'server',
  answer: z.object({
    kind: z.enum(['person', 'token']),
    name: z.string().describe('As the audit names me'),
    displayName: z.string().optional(),
    role: z.enum(roles),
    companies: z.union([z.literal('all'), z.array(z.string())]),
    sites: z.array(z.object({ company: z.string(), site: z.string() })).optional(),
    line: z.string().optional(),
    locale: z.enum(locales),
    hasPassword: z.boolean().optional(),
    secondFactor: z.boolean().optional(),
    recoveryCodes: z.int().optional().describe('So many are left'),
    permissions: z.array(z.enum(actions)),
  }),
  async handle({ who, services }) {
    const { kind, name, role, companies, sites, line, locale } = who
    const { people } = services.store
    const person = kind === 'person' ? await people.find({ id: who.id }) : undefined
    const { recoveryCodes } = await people.credentials.of(person?.id ?? 0)
    const { name: displayName, hasPassword, hasSecondFactor } = person ?? {}
    const own = { displayName, hasPassword, secondFactor: hasSecondFactor, recoveryCodes }
    return {
      body: {
        kind,
        name,
        role,
        companies: companies === 'all' ? 'all' : [...companies],
        ...(sites ? { sites: [...sites] } : {}),
        ...(line === undefined ? {} : { line }),
        locale,
        ...(person ? own : {}),
        permissions: actions.filter((action) => mayAnywhere(who, action)),
      },
    }
  },
})

const changeMe = route({
  id: 'changeMe',
  method: 'patch',
  path: '/me',
  summary: 'Change my name or my language',
  tag: 'me',
  action: 'self.write',
  of: 'server',
  body: z.strictObject({ name: z.string().max(200), locale: z.enum(locales) }).partial(),
  async handle(call) {
    const { body, services } = call
    const { id } = await ownPerson(call)
    const { name, locale } = body
    refuseFaults(name === undefined ? [] : checkName(name, 'name'))
    await services.store.people.change(authorOf(call), id, () => ({
      ...(name === undefined ? {} : { name }),
      ...(locale === undefined ? {} : { locale }),
    }))
    return {}
  },
})

const setPassword = route({
  id: 'setPassword',
  method: 'post',
  path: '/me/password',
  summary: 'Change my password; all my other sessions are over then',
  tag: 'me',
  action: 'self.write',
  of: 'server',
  body: z.strictObject({ current: z.string().max(1000), password: z.string().max(1000) }),
  async handle(call) {
    const { body, services } = call
    const door = doorOf(services)
    const visitor = visitorOfCall(call)
    const person = await ownPerson(call)
    const session = await ownSession(call)
    await changePassword(door, person, body, visitor)
    await door.people.sessions.endAll(person.id, session?.id)
    if (!session) return {}
    return { headers: { 'Set-Cookie': await rotateSession(door, session, visitor.secure) } }
  },
})

export const meRoutes: readonly Route[] = [readMe, changeMe, setPassword, ...sessionRoutes]
