import type { Person } from '../../store/people-read.ts'
import { ApiFailure } from '../http/failure.ts'
import type { Door, Visitor } from './door.ts'
import { beginTry } from './guard.ts'
import { refuseFaults } from './links.ts'
import { hashPassword, isPassword, passwordFaults } from './password.ts'

/** Whoever sits down at an open screen does not know it: each step that changes how somebody signs in asks again. */
export async function provePassword(
  door: Door,
  person: Person,
  password: string,
  visitor: Visitor,
): Promise<void> {
  const { password: kept } = await door.people.credentials.of(person.id)
  if (kept === undefined) {
    throw new ApiFailure(
      422,
      'password-unset',
      'there is no password to prove it is you',
      'ask a manager or an operator for a link that sets one',
    )
  }
  const attempt = await beginTry(door, person.email, visitor)
  if (!(await isPassword(kept, password))) {
    await attempt.wrong(person.id, 'password')
    throw new ApiFailure(422, 'password-wrong', 'this is not the password', 'give the one you sign in with')
  }
  await attempt.half()
}

export async function changePassword(
  door: Door,
  person: Person,
  { current, password }: { readonly current: string; readonly password: string },
  visitor: Visitor,
): Promise<void> {
  const { people, now } = door
  refuseFaults(passwordFaults(password, person))
  await provePassword(door, person, current, visitor)
  await people.credentials.setPassword(person.id, await hashPassword(password))
  const { address, userAgent } = visitor
  await people.watch.note({ at: now(), what: 'password-changed', person: person.id, address, userAgent })
}
