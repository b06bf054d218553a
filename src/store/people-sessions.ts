import { endOf, type Stay, sessionTimes } from '../domain/session-times.ts'
import { takeIds } from './counters.ts'
import type { Access } from './devices.ts'
import { findPerson, type Person } from './people-read.ts'
import type { Queries } from './tables.ts'
import type { SessionRow } from './tables-people.ts'

/** Somebody signed in somewhere. The id that his browser shows is not here, only its hash. */
export interface Session extends Stay {
  readonly id: number
  readonly person: number
  /** What a form or a program has to repeat, so that no other site can send it. */
  readonly csrf: string
  readonly address: string
  readonly userAgent: string
}

export interface NewSession {
  readonly hash: string
  readonly person: number
  readonly stage: Session['stage']
  readonly csrf: string
  readonly address: string
  readonly userAgent: string
  readonly at: number
}

export interface Sessions {
  open(session: NewSession): Promise<void>
  /** With the person as he is now; `undefined` once it is over, or once he may not sign in any more. */
  find(hash: string, now: number): Promise<{ session: Session; person: Person } | undefined>
  /** He is still there. */
  note(id: number, now: number): Promise<void>
  /** The same session under another id; what was known of the old one is worth nothing then. */
  rotate(id: number, hash: string): Promise<void>
  ofPerson(person: number, now: number): Promise<readonly Session[]>
  /** Says whether there was such a session of that person. */
  end(person: number, id: number): Promise<boolean>
  /** All of a person, except one. */
  endAll(person: number, except?: number): Promise<void>
}

export function sessionsOver(read: Access, write: Access): Sessions {
  return {
    open: (session) => write((db) => openSession(db, session)),
    find: (hash, now) => read((db) => findSession(db, hash, now)),
    async note(id, now) {
      await write((db) => db.updateTable('session').set({ seen_at: now }).where('id', '=', id).execute())
    },
    async rotate(id, hash) {
      await write((db) => db.updateTable('session').set({ hash }).where('id', '=', id).execute())
    },
    ofPerson: (person, now) =>
      read(async (db) => {
        const rows = await db
          .selectFrom('session')
          .selectAll()
          .where('person_id', '=', person)
          .where('stage', '=', 'whole')
          .orderBy('id')
          .execute()
        return rows.map(sessionOfRow).filter((session) => endOf(session) > now)
      }),
    end: (person, id) =>
      write(async (db) => {
        const gone = await db
          .deleteFrom('session')
          .where('person_id', '=', person)
          .where('id', '=', id)
          .executeTakeFirst()
        return gone.numDeletedRows > 0n
      }),
    async endAll(person, except = 0) {
      await write((db) =>
        db.deleteFrom('session').where('person_id', '=', person).where('id', '<>', except).execute(),
      )
    },
  }
}

/** Those that are over go when a new one comes: there are never more than a week's. */
async function openSession(db: Queries, session: NewSession): Promise<void> {
  const { at, hash, person, stage, csrf, address, userAgent } = session
  await db
    .deleteFrom('session')
    .where((e) =>
      e.or([
        e('created_at', '<=', at - sessionTimes.whole),
        e('seen_at', '<=', at - sessionTimes.idle),
        e.and([e('stage', '=', 'second-factor'), e('created_at', '<=', at - sessionTimes.secondFactor)]),
      ]),
    )
    .execute()
  const id = await takeIds(db, 'session', 1)
  await db
    .insertInto('session')
    .values({
      id,
      hash,
      person_id: person,
      stage,
      csrf,
      created_at: at,
      seen_at: at,
      address,
      user_agent: userAgent,
    })
    .execute()
}

async function findSession(
  db: Queries,
  hash: string,
  now: number,
): Promise<{ session: Session; person: Person } | undefined> {
  const row = await db.selectFrom('session').selectAll().where('hash', '=', hash).executeTakeFirst()
  if (!row) return undefined
  const session = sessionOfRow(row)
  if (endOf(session) <= now) return undefined
  const person = await findPerson(db, { id: session.person })
  return person && !person.disabled ? { session, person } : undefined
}

function sessionOfRow(row: SessionRow): Session {
  return {
    id: row.id,
    person: row.person_id,
    stage: row.stage,
    csrf: row.csrf,
    createdAt: row.created_at,
    seenAt: row.seen_at,
    address: row.address,
    userAgent: row.user_agent,
  }
}
