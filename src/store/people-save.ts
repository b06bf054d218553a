import type { Locale } from '../domain/intent.ts'
import type { Scope } from '../domain/scope.ts'
import { takeIds } from './counters.ts'
import type { Author } from './history.ts'
import { type AuditedScope, recordScope } from './people-audit.ts'
import { PeopleFailure, unknownPerson } from './people-failure.ts'
import { findPerson, type Person } from './people-read.ts'
import { saveScope } from './people-scope.ts'
import type { Queries } from './tables.ts'

export interface NewPerson extends Scope {
  readonly email: string
  readonly name: string
  readonly locale: Locale
}

export interface PersonChange {
  readonly email?: string
  readonly name?: string
  readonly locale?: Locale
  readonly scope?: Scope
  readonly disabled?: boolean
}

export async function addPerson(db: Queries, author: Author, draft: NewPerson): Promise<Person> {
  await refuseTaken(db, draft.email)
  const id = await takeIds(db, 'person', 1)
  await db
    .insertInto('person')
    .values({
      id,
      email: draft.email,
      email_key: draft.email.toLowerCase(),
      name: draft.name,
      role: draft.role,
      locale: draft.locale,
      line_id: null,
      password: null,
      totp: null,
      totp_since: null,
      totp_step: null,
      subject: null,
      disabled_at: null,
      created_at: author.at,
      last_sign_in_at: null,
    })
    .execute()
  await saveScope(db, 'person_id', id, draft)
  const after = await personAt(db, id)
  await recordScope(db, author, `person ${after.email} added`, { what: 'person', after: audited(after) })
  return after
}

/**
 * Changes somebody, as `decide` says once it has seen how he is now. Another role is another somebody: whoever is
 * signed in as the old one has to sign in again. Another place takes effect with the next request.
 */
export async function changePerson(
  db: Queries,
  author: Author,
  id: number,
  decide: (before: Person) => PersonChange,
): Promise<Person> {
  const before = await personAt(db, id)
  const { email, name, locale, scope, disabled } = decide(before)
  if (email !== undefined && email.toLowerCase() !== before.email.toLowerCase()) await refuseTaken(db, email)
  const set = {
    ...(email === undefined ? {} : { email, email_key: email.toLowerCase() }),
    ...(name === undefined ? {} : { name }),
    ...(locale === undefined ? {} : { locale }),
    ...(scope === undefined ? {} : { role: scope.role }),
    ...(disabled === undefined || disabled === before.disabled
      ? {}
      : { disabled_at: disabled ? author.at : null }),
  }
  if (Object.keys(set).length > 0) await db.updateTable('person').set(set).where('id', '=', id).execute()
  if (scope) await saveScope(db, 'person_id', id, scope)
  const after = await personAt(db, id)
  await refuseNoOperator(db, before, after)
  if (after.role !== before.role || after.disabled) {
    await db.deleteFrom('session').where('person_id', '=', id).execute()
  }
  if (after.disabled) await db.deleteFrom('sign_in_link').where('person_id', '=', id).execute()
  await recordScope(db, author, `person ${after.email} changed`, {
    what: 'person',
    before: audited(before),
    after: audited(after),
  })
  return after
}

/** With his sessions, his links, and the tokens he made. */
export async function removePerson(
  db: Queries,
  author: Author,
  id: number,
  decide: (before: Person) => void,
): Promise<void> {
  const before = await personAt(db, id)
  decide(before)
  await db.deleteFrom('person').where('id', '=', id).execute()
  await refuseNoOperator(db, before, undefined)
  await recordScope(db, author, `person ${before.email} removed`, { what: 'person', before: audited(before) })
}

export async function personAt(db: Queries, id: number): Promise<Person> {
  const person = await findPerson(db, { id })
  if (!person) throw unknownPerson()
  return person
}

async function refuseTaken(db: Queries, email: string): Promise<void> {
  if (!(await findPerson(db, { email }))) return
  throw new PeopleFailure(
    'person-exists',
    'somebody has this e-mail address already',
    'change that person, or give another address',
  )
}

/** Somebody has to be left who can do everything. */
async function refuseNoOperator(db: Queries, before: Person, after: Person | undefined): Promise<void> {
  if (before.role !== 'operator' || before.disabled) return
  if (after?.role === 'operator' && !after.disabled) return
  const other = await db
    .selectFrom('person')
    .select('id')
    .where('role', '=', 'operator')
    .where('disabled_at', 'is', null)
    .where('id', '<>', before.id)
    .executeTakeFirst()
  if (other) return
  throw new PeopleFailure(
    'last-operator',
    'this is the last operator, and without one nobody could make another',
    'make somebody else an operator first',
  )
}

function audited(person: Person): AuditedScope {
  const { email, name, locale, disabled, role, companies, sites, line } = person
  return {
    subject: email,
    role,
    companies,
    sites,
    ...(line === undefined ? {} : { line }),
    more: { name, locale, disabled },
  }
}
