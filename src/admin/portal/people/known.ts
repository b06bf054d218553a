import type { z } from 'zod'
import type { personOf, scopeOf } from '../../routes/people-shown.ts'
import { administrationCrumbs, type Crumb } from '../crumbs.ts'
import { shownDay, shownNumber } from '../formats.ts'
import type { Visit } from '../page.ts'

export type KnownPerson = z.output<typeof personOf>
export type Reach = z.output<z.ZodObject<typeof scopeOf>>

export function personPath(id: number, page = ''): string {
  return `/people/${id}${page}`
}

/** The person that the address of a page names. */
export async function personOfPage({
  ask,
  params,
}: Visit): Promise<{ readonly person: KnownPerson; readonly etag: string }> {
  const { body: person, etag } = await ask<KnownPerson>('readPerson', {
    params: { person: params.person ?? '' },
  })
  return { person, etag }
}

/** How somebody stands, with the colour of it. */
export function stateOf({ disabled, lockedUntil, lastSignInAt, linkUntil }: KnownPerson): {
  readonly state: string
  readonly colour: string
} {
  if (disabled) return { state: 'disabled', colour: '' }
  if (lockedUntil !== undefined) return { state: 'locked', colour: 'bad' }
  if (lastSignInAt !== undefined) return { state: 'active', colour: 'good' }
  if (linkUntil === undefined) return { state: 'awaited', colour: 'wait' }
  const isDead = Date.parse(linkUntil) <= Date.now()
  return isDead ? { state: 'expired', colour: 'warn' } : { state: 'invited', colour: 'wait' }
}

/** Where somebody, or a token, may do something: each place on a line of its own. */
export function placesShown(
  { text, locale, zone }: Visit,
  { role, companies, sites, line }: Reach,
): readonly string[] {
  if (role === 'operator') return [text('people.everywhere')]
  if (role === 'manager') return companies
  if (role === 'user') return line === undefined ? companies : [shownNumber(locale, line)]
  return sites.map(({ company, site, until }) =>
    text('people.site-until', { company, site, until: shownDay(locale, until, zone) }),
  )
}

/** The way to a page about people. */
export function peopleCrumbs({ text }: Pick<Visit, 'text'>): readonly Crumb[] {
  return administrationCrumbs({ text }, { to: '/people', label: text('people.title') })
}

/** What pages about one person have in common: who it is, and the way back. */
export function aboutPerson({ text }: Visit, person: KnownPerson, etag: string): object {
  return {
    ...{ person, etag },
    own: personPath(person.id),
    crumbs: [...peopleCrumbs({ text }), { to: personPath(person.id), label: person.name }],
  }
}
