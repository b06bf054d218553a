import type { Locale } from '../domain/intent.ts'
import type { Access } from './devices.ts'
import type { Author } from './history.ts'
import { findPerson, type Person } from './people-read.ts'
import { addPerson, type NewPerson } from './people-save.ts'
import type { Queries } from './tables.ts'
import type { LinkKind } from './tables-people.ts'

/** A link that opens the door once, to set a password and be signed in. Only its hash is kept. */
export interface NewLink {
  readonly hash: string
  readonly kind: LinkKind
  readonly expiresAt: number
}

export interface FoundLink {
  readonly kind: LinkKind
  readonly expiresAt: number
  readonly person: Person
}

/** What somebody says of himself when he comes by a link. */
export interface Arrival {
  /** An argon2id hash. */
  readonly password: string
  readonly email?: string
  readonly name?: string
  readonly locale?: Locale
}

export interface Links {
  /** The one before it of the same person opens nothing any more. */
  make(person: number, link: NewLink): Promise<void>
  find(hash: string, now: number): Promise<FoundLink | undefined>
  /** Once, whoever else tries at the same moment. All sessions there were are over, and other ways in forgotten. */
  use(hash: string, arrival: Arrival, now: number): Promise<FoundLink | undefined>
  /** Adds a person with a link where there is nobody, or nobody but one who never came. */
  first(author: Author, person: NewPerson, link: NewLink): Promise<boolean>
}

export function linksOver(read: Access, write: Access): Links {
  return {
    make: (person, link) => write((db) => makeLink(db, person, link)),
    find: (hash, now) => read((db) => findLink(db, hash, now)),
    use: (hash, arrival, now) => write((db) => takeLink(db, hash, arrival, now)),
    first: (author, person, link) =>
      write(async (db) => {
        const people = await db
          .selectFrom('person')
          .select(['id', 'password', 'subject', 'email_key'])
          .limit(2)
          .execute()
        const [only] = people
        const isAwaited =
          people.length === 1 &&
          only?.password === null &&
          only.subject === null &&
          only.email_key === person.email
        if (people.length > 0 && !isAwaited) return false
        const { id } = only ?? (await addPerson(db, author, person))
        await makeLink(db, id, link)
        return true
      }),
  }
}

async function makeLink(db: Queries, person: number, { hash, kind, expiresAt }: NewLink): Promise<void> {
  await db.deleteFrom('sign_in_link').where('person_id', '=', person).execute()
  await db
    .insertInto('sign_in_link')
    .values({ hash, person_id: person, kind, expires_at: expiresAt })
    .execute()
}

async function findLink(db: Queries, hash: string, now: number): Promise<FoundLink | undefined> {
  const row = await db.selectFrom('sign_in_link').selectAll().where('hash', '=', hash).executeTakeFirst()
  if (!row || row.expires_at <= now) return undefined
  const person = await findPerson(db, { id: row.person_id })
  return person && !person.disabled ? { kind: row.kind, expiresAt: row.expires_at, person } : undefined
}

async function takeLink(
  db: Queries,
  hash: string,
  { password, email, name, locale }: Arrival,
  now: number,
): Promise<FoundLink | undefined> {
  const found = await findLink(db, hash, now)
  if (!found) return undefined
  const { id } = found.person
  await db.deleteFrom('sign_in_link').where('hash', '=', hash).execute()
  await db.deleteFrom('session').where('person_id', '=', id).execute()
  await db
    .updateTable('person')
    .set({
      password,
      subject: null,
      ...(email === undefined ? {} : { email, email_key: email.toLowerCase() }),
      ...(name === undefined ? {} : { name }),
      ...(locale === undefined ? {} : { locale }),
    })
    .where('id', '=', id)
    .execute()
  const person = await findPerson(db, { id })
  return person && { ...found, person }
}
