import { ApiFailure } from '../http/failure.ts'
import type { Door, Visitor } from './door.ts'
import type { Known } from './provider.ts'
import { type Admitted, letIn } from './sign-in.ts'

/**
 * Lets somebody in whom the provider vouches for: known from before by the provider's own name for him, or else by an
 * address that it has verified. Nobody is made by coming: whoever was not entered or invited stays outside. A second
 * factor of ours is not asked for; how people prove themselves there is the provider's to say.
 */
export async function signInKnown(
  door: Door,
  { subject, email }: Known,
  visitor: Visitor,
): Promise<Admitted> {
  const { people, now } = door
  const person = await personKnown(door, subject, email)
  if (!person || person.disabled) {
    const { address, userAgent } = visitor
    const who = person ? { person: person.id } : {}
    await people.watch.note({ at: now(), what: 'refused', way: 'provider', ...who, address, userAgent })
    throw notInvited()
  }
  return letIn(door, person, visitor, 'provider')
}

/** An address that has come from another account of the provider belongs to somebody else by now. */
async function personKnown({ people }: Door, subject: string, email: string | undefined) {
  const known = await people.find({ subject })
  if (known || email === undefined) return known
  const named = await people.find({ email })
  if (!named || named.disabled) return named
  const { subject: bound } = await people.credentials.of(named.id)
  if (bound !== undefined) return undefined
  await people.credentials.bindSubject(named.id, subject)
  return named
}

function notInvited(): ApiFailure {
  return new ApiFailure(
    403,
    'not-invited',
    'the provider knows you, and this server does not',
    'ask a manager or an operator to invite you under the e-mail address that the provider has verified',
  )
}
