import type { Home } from '../../domain/permissions.ts'
import { mayGive, seenBy } from '../../domain/scope.ts'
import type { Author } from '../../store/history.ts'
import type { Person } from '../../store/people-read.ts'
import type { Session } from '../../store/people-sessions.ts'
import { ApiFailure, nothingThere } from '../http/failure.ts'
import type { Principal } from '../principal.ts'
import type { Call } from '../route.ts'
import type { Services } from '../services.ts'
import { type Door, sessionOf, type Visitor } from './door.ts'
import { notYoursToGive } from './meant-scope.ts'

export type Acting = Pick<Call<unknown, unknown, unknown>, 'who' | 'services' | 'headers' | 'from'>

export function authorOf({ who, services }: Pick<Acting, 'who' | 'services'>): Author {
  return { name: who.name, source: 'api', at: services.now() }
}

export function doorOf({ store, now, settings }: Services): Door {
  return { people: store.people, now, adminUrl: settings.adminUrl }
}

export function visitorOfCall({ from, headers }: Acting): Visitor {
  const secure = (headers.cookie ?? '').includes('__Host-bootline=')
  return { address: from, userAgent: (headers['user-agent'] ?? '').slice(0, 200), secure }
}

/** The session a call came with; a test, or a program, has none. */
export async function ownSession(call: Acting): Promise<Session | undefined> {
  const found = await sessionOf(doorOf(call.services), call.headers, visitorOfCall(call).secure)
  return found?.session
}

/** Somebody by the number in the path; one who has nothing to do with the caller's companies is not there. */
export async function personSeen(
  { who, services }: Pick<Acting, 'who' | 'services'>,
  id: number,
): Promise<Person> {
  const person = await services.store.people.find({ id })
  if (!person || !seenBy(who, person)) throw nothingThere()
  return person
}

/** Whoever reaches further than the caller is not the caller's to change. */
export function refuseForeign(who: Home, person: Person): void {
  if (!seenBy(who, person)) throw nothingThere()
  if (!mayGive(who, person)) throw notYoursToGive()
}

/** What one may do oneself, others give: nobody locks himself out, or makes himself more. */
export function refuseSelf({ kind, id }: Principal, person: number): void {
  if (kind !== 'person' || id !== person) return
  throw new ApiFailure(
    422,
    'own-rights',
    'nobody changes what he himself may do',
    'ask another operator or manager',
  )
}

/** The person himself, and no program in his stead. */
export async function ownPerson({ who, services }: Pick<Acting, 'who' | 'services'>): Promise<Person> {
  const person = who.kind === 'person' ? await services.store.people.find({ id: who.id }) : undefined
  if (person) return person
  throw new ApiFailure(403, 'persons-only', 'a token is nobody who could do this', 'sign in as a person')
}
