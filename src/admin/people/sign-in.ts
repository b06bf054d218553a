import type { Credentials } from '../../store/people-credentials.ts'
import type { Person } from '../../store/people-read.ts'
import type { Session } from '../../store/people-sessions.ts'
import type { SignInEvent } from '../../store/people-watch.ts'
import { ApiFailure } from '../http/failure.ts'
import { type Door, openSession, type Visitor } from './door.ts'
import { beginTry } from './guard.ts'
import { hashPassword, isOutdated, isPassword } from './password.ts'
import { digest } from './secrets.ts'
import { matchingStep, meantCode } from './totp.ts'

/** The door is open, or a code is still to come; the cookies go to the browser either way. */
export interface Admitted {
  readonly person: Person
  readonly stage: Session['stage']
  readonly cookies: readonly string[]
}

export interface Given {
  readonly email: string
  readonly password: string
  /** Of the second factor, for programs that have it at hand. */
  readonly code?: string | undefined
}

export async function signInWithPassword(door: Door, given: Given, visitor: Visitor): Promise<Admitted> {
  const { people } = door
  const attempt = await beginTry(door, given.email, visitor)
  const person = await people.find({ email: given.email })
  const credentials = await people.credentials.of(person?.id ?? 0)
  const kept = person?.disabled === false ? credentials.password : undefined
  const isRight = await isPassword(kept, given.password)
  if (!person || kept === undefined || !isRight) throw await attempt.wrong(person?.id, 'password')
  if (isOutdated(kept)) await people.credentials.setPassword(person.id, await hashPassword(given.password))
  if (credentials.totpOn) {
    if (given.code === undefined) {
      await attempt.half()
      return {
        person,
        stage: 'second-factor',
        cookies: await openSession(door, person, 'second-factor', visitor),
      }
    }
    if (!(await isCode(door, person, credentials, given.code, visitor))) {
      throw await attempt.wrong(person.id, 'password')
    }
  }
  await attempt.right()
  return letIn(door, person, visitor, 'password')
}

/** The second half: the session that has seen the password ends, and another begins. */
export async function signInWithCode(
  door: Door,
  { session, person }: { readonly session: Session; readonly person: Person },
  code: string,
  visitor: Visitor,
): Promise<Admitted> {
  if (session.stage !== 'second-factor') throw noCodeAwaited()
  const attempt = await beginTry(door, person.email, visitor)
  const credentials = await door.people.credentials.of(person.id)
  if (!(await isCode(door, person, credentials, code, visitor))) {
    throw await attempt.wrong(person.id, 'password')
  }
  await door.people.sessions.end(person.id, session.id)
  await attempt.right()
  return letIn(door, person, visitor, 'password')
}

/** Opens the door to somebody who has proved himself wholly. */
export async function letIn(
  door: Door,
  person: Person,
  visitor: Visitor,
  way: NonNullable<SignInEvent['way']>,
): Promise<Admitted> {
  const { people, now } = door
  const cookies = await openSession(door, person, 'whole', visitor)
  const { address, userAgent } = visitor
  await people.credentials.signedIn(person.id, now())
  await people.watch.note({ at: now(), what: 'signed-in', person: person.id, way, address, userAgent })
  return { person, stage: 'whole', cookies }
}

/** A code of the app, once, or one of the codes that were written down for the day it is lost. */
export async function isCode(
  { people, now }: Door,
  { id }: Pick<Person, 'id'>,
  { totp, totpOn }: Credentials,
  code: string,
  { address, userAgent }: Visitor,
): Promise<boolean> {
  if (!totp || !totpOn) return false
  const meant = meantCode(code)
  if (/^\d{6}$/.test(meant)) {
    const step = matchingStep(totp, meant, now())
    return step !== undefined && people.credentials.takeStep(id, step)
  }
  const isRecovery = await people.credentials.takeRecoveryCode(id, digest(meant))
  if (isRecovery)
    await people.watch.note({ at: now(), what: 'recovery-code-used', person: id, address, userAgent })
  return isRecovery
}

function noCodeAwaited(): ApiFailure {
  return new ApiFailure(409, 'no-code-awaited', 'no code is awaited', 'sign in with the password first')
}
