import {
  counted,
  type Guesses,
  type GuessLimits,
  guessTimes,
  uncounted,
  waitFor,
} from '../domain/guessing.ts'
import { takeIds } from './counters.ts'
import type { Access } from './devices.ts'
import { given } from './rows.ts'
import type { Queries } from './tables.ts'
import type { SignInEventRow, SignInWhat } from './tables-people.ts'

/** Whom a try counts against: a person by a hash of the address that was given, a source by its own. */
export interface Suspect {
  readonly key: string
  readonly limits: GuessLimits
}

/** What happened at the door. */
export interface SignInEvent {
  readonly at: number
  readonly what: SignInWhat
  /** Absent: nobody we know. What was typed in place of a name is not kept: it may be a password. */
  readonly person?: number
  readonly way?: 'password' | 'link' | 'provider'
  /** Who did it to somebody else. */
  readonly by?: string
  readonly address: string
  readonly userAgent: string
}

export interface FoundEvent extends SignInEvent {
  readonly id: number
}

/** Who knocks at the door, how often, and what became of it. A restart forgets none of it. */
export interface Watch {
  /** Counts a try against all of them, or says how long to wait before one is looked at. */
  attempt(suspects: readonly Suspect[], now: number): Promise<Attempt>
  /** It was right: it counts against nobody; `wholly`: nor does what was before. */
  forgive(suspects: readonly Suspect[], wholly: readonly Suspect[]): Promise<void>
  /** Until when tries against these are not looked at; those that are free are not in it. */
  shut(keys: readonly string[], now: number): Promise<ReadonlyMap<string, number>>
  note(event: SignInEvent): Promise<void>
  events(query: EventQuery): Promise<readonly FoundEvent[]>
}

export interface Attempt {
  /** In milliseconds; 0: the try may be looked at. */
  readonly wait: number
  /** With this try, should it be wrong, a door is shut. */
  readonly shuts: boolean
}

export interface EventQuery {
  readonly person: number
  /** The id of the last one of the page before. */
  readonly before?: number
  readonly limit: number
}

/** What happened at the door is of use for so long. */
export const eventMemory = 90 * 24 * 3_600_000

export function watchOver(read: Access, write: Access): Watch {
  return {
    attempt: (suspects, now) => write((db) => attempt(db, suspects, now)),
    forgive: (suspects, wholly) =>
      write(async (db) => {
        for (const { key } of suspects) {
          const guesses = await guessesOf(db, key)
          if (guesses) await save(db, key, uncounted(guesses))
        }
        for (const { key } of wholly) await db.deleteFrom('guess').where('key', '=', key).execute()
      }),
    shut: (keys, now) =>
      read(async (db) => {
        const rows = await db
          .selectFrom('guess')
          .select(['key', 'shut_until'])
          .where('key', 'in', [...keys])
          .where('shut_until', '>', now)
          .execute()
        return new Map(rows.map(({ key, shut_until }) => [key, shut_until]))
      }),
    note: (event) => write((db) => noteEvent(db, event)),
    events: ({ person, before = Number.MAX_SAFE_INTEGER, limit }) =>
      read(async (db) => {
        const rows = await db
          .selectFrom('sign_in_event')
          .selectAll()
          .where('person_id', '=', person)
          .where('id', '<', before)
          .orderBy('id', 'desc')
          .limit(limit)
          .execute()
        return rows.map(eventOfRow)
      }),
  }
}

async function attempt(db: Queries, suspects: readonly Suspect[], now: number): Promise<Attempt> {
  await db
    .deleteFrom('guess')
    .where('drained_at', '<', now - guessTimes.forget)
    .execute()
  const known = await Promise.all(suspects.map(({ key }) => guessesOf(db, key)))
  const wait = Math.max(0, ...known.map((guesses) => waitFor(guesses, now)))
  if (wait > 0) return { wait, shuts: false }
  let shuts = false
  for (const [i, { key, limits }] of suspects.entries()) {
    const next = counted(known[i], limits, now)
    shuts ||= next.failures === limits.most
    await save(db, key, next)
  }
  return { wait: 0, shuts }
}

async function guessesOf(db: Queries, key: string): Promise<Guesses | undefined> {
  const row = await db.selectFrom('guess').selectAll().where('key', '=', key).executeTakeFirst()
  return row && { failures: row.failures, drainedAt: row.drained_at, shutUntil: row.shut_until }
}

async function save(db: Queries, key: string, { failures, drainedAt, shutUntil }: Guesses): Promise<void> {
  const row = { failures, drained_at: drainedAt, shut_until: shutUntil }
  await db
    .insertInto('guess')
    .values({ key, ...row })
    .onConflict((c) => c.column('key').doUpdateSet(row))
    .execute()
}

async function noteEvent(db: Queries, event: SignInEvent): Promise<void> {
  await db
    .deleteFrom('sign_in_event')
    .where('at', '<', event.at - eventMemory)
    .execute()
  const id = await takeIds(db, 'sign_in_event', 1)
  await db
    .insertInto('sign_in_event')
    .values({
      id,
      at: event.at,
      person_id: event.person ?? null,
      what: event.what,
      way: event.way ?? null,
      by: event.by ?? null,
      address: event.address,
      user_agent: event.userAgent,
    })
    .execute()
}

function eventOfRow(row: SignInEventRow): FoundEvent {
  return {
    id: row.id,
    at: row.at,
    what: row.what,
    ...given('person', row.person_id),
    ...given('way', row.way),
    ...given('by', row.by),
    address: row.address,
    userAgent: row.user_agent,
  }
}
