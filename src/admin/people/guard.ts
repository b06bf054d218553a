import { guessLimits } from '../../domain/guessing.ts'
import type { Person } from '../../store/people-read.ts'
import type { SignInEvent, Suspect } from '../../store/people-watch.ts'
import { ApiFailure } from '../http/failure.ts'
import { sourceOf } from './cookies.ts'
import type { Door, Visitor } from './door.ts'
import { digest } from './secrets.ts'

/** One try at a password or a code: counted before it is looked at, and forgiven when it was right. */
export interface Try {
  /** It was wrong: notes it, and gives what is answered. The same words for whatever was wrong. */
  wrong(person: number | undefined, way: SignInEvent['way']): Promise<ApiFailure>
  /** It was right, but does not open the door yet. */
  half(): Promise<void>
  right(): Promise<void>
}

/** Stops who has tried too often, known or not: an address that nobody has is counted like any other. */
export async function beginTry({ people, now }: Door, email: string, visitor: Visitor): Promise<Try> {
  const person: Suspect = { key: personKey(email), limits: guessLimits.person }
  const source: Suspect = { key: `source:${sourceOf(visitor.address)}`, limits: guessLimits.source }
  const { wait, shuts } = await people.watch.attempt([person, source], now())
  if (wait > 0) throw tooManyTries(wait)
  const { address, userAgent } = visitor
  return {
    async wrong(id, way) {
      const who = { ...(id === undefined ? {} : { person: id }), ...(way === undefined ? {} : { way }) }
      const event = { at: now(), ...who, address, userAgent }
      await people.watch.note({ ...event, what: 'refused' })
      if (shuts) await people.watch.note({ ...event, what: 'locked-out' })
      return refused()
    },
    half: () => people.watch.forgive([person, source], []),
    right: () => people.watch.forgive([source], [person]),
  }
}

/** Until when no try for these people is looked at, by their numbers; who is not shut out is not in it. */
export async function shutOut(
  { people, now }: Pick<Door, 'people' | 'now'>,
  persons: readonly Pick<Person, 'id' | 'email'>[],
): Promise<ReadonlyMap<number, number>> {
  const shut = await people.watch.shut(
    persons.map(({ email }) => personKey(email)),
    now(),
  )
  return new Map(
    persons.flatMap(({ id, email }) => {
      const until = shut.get(personKey(email))
      return until === undefined ? [] : [[id, until] as const]
    }),
  )
}

function personKey(email: string): string {
  return `person:${digest(email.toLowerCase())}`
}

function refused(): ApiFailure {
  return new ApiFailure(
    401,
    'sign-in-refused',
    'this does not let anybody in',
    'check the e-mail address, the password and the code; a manager or an operator can make a new link',
  )
}

function tooManyTries(wait: number): ApiFailure {
  const seconds = Math.ceil(wait / 1000)
  return new ApiFailure(
    429,
    'too-many-tries',
    'there were too many wrong tries',
    seconds > 60 ? `try again in ${Math.ceil(seconds / 60)} minutes` : `try again in ${seconds} seconds`,
    { headers: { 'Retry-After': String(seconds) } },
  )
}
