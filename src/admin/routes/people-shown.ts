import { z } from 'zod'
import { locales } from '../../domain/intent.ts'
import { type Home, roles } from '../../domain/permissions.ts'
import { mayGive, type Scope, seenBy } from '../../domain/scope.ts'
import type { Person } from '../../store/people-read.ts'
import type { FoundEvent } from '../../store/people-watch.ts'
import type { MadeLink } from '../people/links.ts'
import { instant, time } from './devices-shown.ts'

export const scopeOf = {
  role: z.enum(roles),
  companies: z.array(z.string()),
  sites: z.array(z.object({ company: z.string(), site: z.string(), until: time })),
  line: z.string().optional(),
}

export const personOf = z.object({
  id: z.int(),
  email: z.string(),
  name: z.string(),
  locale: z.enum(locales),
  ...scopeOf,
  disabled: z.boolean(),
  hasPassword: z.boolean(),
  secondFactor: z.boolean(),
  createdAt: time,
  lastSignInAt: time.optional(),
  linkUntil: time.optional().describe('Until when the last link opens the door'),
  lockedUntil: time.optional().describe('After too many wrong tries; a new link opens the door all the same'),
  changeable: z.boolean().describe('Whether this person reaches no further than you'),
})

/** As far as the viewer may know of it. */
export function shownScope(viewer: Home, scope: Scope): z.output<z.ZodObject<typeof scopeOf>> {
  const { role, companies, sites, line } = seenBy(viewer, scope) ?? { ...scope, companies: [], sites: [] }
  return {
    role,
    companies: [...companies],
    sites: sites.map(({ company, site, until }) => ({ company, site, until: instant(until) })),
    ...(line === undefined ? {} : { line }),
  }
}

export function shownPerson(viewer: Home, person: Person, lockedUntil?: number): z.output<typeof personOf> {
  const { id, email, name, locale, disabled, hasPassword, hasSecondFactor, createdAt } = person
  return {
    id,
    email,
    name,
    locale,
    ...shownScope(viewer, person),
    disabled,
    hasPassword,
    secondFactor: hasSecondFactor,
    createdAt: instant(createdAt),
    ...(person.lastSignInAt === undefined ? {} : { lastSignInAt: instant(person.lastSignInAt) }),
    ...(person.linkUntil === undefined ? {} : { linkUntil: instant(person.linkUntil) }),
    ...(lockedUntil === undefined ? {} : { lockedUntil: instant(lockedUntil) }),
    changeable: mayGive(viewer, person),
  }
}

/** What somebody is, without what only happens to him: it is this that two may change at once. */
export function personState(viewer: Home, person: Person): object {
  const { email, name, locale, disabled } = person
  return { email, name, locale, disabled, ...shownScope(viewer, person) }
}

export const linkOf = z.object({
  kind: z.enum(['invitation', 'reset', 'first']),
  link: z.string().describe('Whoever has it sets the password, once; it is shown this one time'),
  until: time,
})

export function shownLink({ kind, link, until }: MadeLink): z.output<typeof linkOf> {
  return { kind, link, until: instant(until) }
}

export const eventOf = z.object({
  at: time,
  what: z.string(),
  way: z.string().optional(),
  by: z.string().optional(),
  address: z.string(),
  userAgent: z.string(),
})

export const eventsOf = z.object({ items: z.array(eventOf), next: z.string().optional() })

export function shownEvents(events: readonly FoundEvent[], limit: number): z.output<typeof eventsOf> {
  const last = events.at(-1)
  return {
    items: events.map(({ at, what, way, by, address, userAgent }) => ({
      at: instant(at),
      what,
      ...(way === undefined ? {} : { way }),
      ...(by === undefined ? {} : { by }),
      address,
      userAgent,
    })),
    ...(last && events.length === limit ? { next: String(last.id) } : {}),
  }
}

/** Pages of what is numbered. */
export const numberedPage = {
  after: z.coerce.number().int().min(0).optional().describe('`next` of the page before'),
  limit: z.coerce.number().int().min(1).max(500).default(50),
}
