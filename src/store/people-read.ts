import { sql } from 'kysely'
import type { Locale } from '../domain/intent.ts'
import type { Scope } from '../domain/scope.ts'
import { placesOfHolders, scopeOf } from './people-scope.ts'
import { given } from './rows.ts'
import type { Queries } from './tables.ts'

/** Somebody who may sign in, without any secret of his. */
export interface Person extends Scope {
  readonly id: number
  readonly email: string
  readonly name: string
  readonly locale: Locale
  readonly hasPassword: boolean
  readonly hasSecondFactor: boolean
  readonly disabled: boolean
  readonly createdAt: number
  readonly lastSignInAt?: number
  /** Until when the last link that was made for him opens the door. */
  readonly linkUntil?: number
}

export interface PeopleQuery {
  /** The id of the last one of the page before. */
  readonly after?: number
  readonly limit: number
  /** Part of a name or an e-mail address. */
  readonly text?: string
  /** Only people who have to do with one of these, and no operators. */
  readonly companies?: readonly string[]
}

/** How one person is found. */
export type PersonKey = { readonly id: number } | { readonly email: string } | { readonly subject: string }

export async function findPerson(db: Queries, key: PersonKey): Promise<Person | undefined> {
  const rows = selectPeople(db)
  const one =
    'id' in key
      ? rows.where('person.id', '=', key.id)
      : 'email' in key
        ? rows.where('person.email_key', '=', key.email.toLowerCase())
        : rows.where('person.subject', '=', key.subject)
  const [person] = await withPlaces(db, await one.execute())
  return person
}

export async function findPeople(db: Queries, query: PeopleQuery): Promise<readonly Person[]> {
  const { after = 0, limit, text, companies } = query
  let rows = selectPeople(db).where('person.id', '>', after)
  if (companies) {
    const places = db
      .selectFrom('scope_place')
      .leftJoin('site', 'site.id', 'scope_place.site_id')
      .innerJoin('company as c', (join) =>
        join.on((e) =>
          e.or([e('c.id', '=', e.ref('scope_place.company_id')), e('c.id', '=', e.ref('site.company_id'))]),
        ),
      )
      .select('scope_place.person_id')
      .where('c.name', 'in', companies)
      .where('scope_place.person_id', 'is not', null)
    rows = rows
      .where('person.role', '<>', 'operator')
      .where((e) => e.or([e('person.id', 'in', places), e('company.name', 'in', companies)]))
  }
  if (text !== undefined) {
    const part = `%${text.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`
    rows = rows.where(
      sql<boolean>`(person.email_key like ${part} escape '\\' or lower(person.name) like ${part} escape '\\')`,
    )
  }
  return withPlaces(db, await rows.orderBy('person.id').limit(limit).execute())
}

function selectPeople(db: Queries) {
  return db
    .selectFrom('person')
    .leftJoin('line', 'line.id', 'person.line_id')
    .leftJoin('company', 'company.id', 'line.company_id')
    .leftJoin('sign_in_link', 'sign_in_link.person_id', 'person.id')
    .selectAll('person')
    .select(['line.number as line', 'company.name as line_company', 'sign_in_link.expires_at as link_until'])
}

type FoundRow = Awaited<ReturnType<ReturnType<typeof selectPeople>['execute']>>[number]

async function withPlaces(db: Queries, rows: readonly FoundRow[]): Promise<readonly Person[]> {
  const places = await placesOfHolders(
    db,
    'person_id',
    rows.map(({ id }) => id),
  )
  return rows.map((row) => ({
    id: row.id,
    email: row.email,
    name: row.name,
    locale: row.locale,
    ...scopeOf(row, places.get(row.id)),
    hasPassword: row.password !== null,
    hasSecondFactor: row.totp_since !== null,
    disabled: row.disabled_at !== null,
    createdAt: row.created_at,
    ...given('lastSignInAt', row.last_sign_in_at),
    ...given('linkUntil', row.link_until),
  }))
}
