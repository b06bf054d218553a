import type { Locale } from '../../domain/intent.ts'
import { checkEmail } from '../../domain/line-rules.ts'
import type { Problem } from '../../domain/problem.ts'
import { linkTimes } from '../../domain/session-times.ts'
import { checkName } from '../../domain/text-rules.ts'
import type { FoundLink } from '../../store/people-links.ts'
import type { Person } from '../../store/people-read.ts'
import type { LinkKind } from '../../store/tables-people.ts'
import { ApiFailure } from '../http/failure.ts'
import { type Door, openSession, type Visitor } from './door.ts'
import { hashPassword, passwordFaults } from './password.ts'
import { digest, newSecret } from './secrets.ts'
import { type Admitted, letIn } from './sign-in.ts'

export interface MadeLink {
  readonly kind: LinkKind
  /** The whole address; whoever has it sets the password. */
  readonly link: string
  readonly until: number
}

/** A link for somebody: an invitation until he has come for the first time, a reset afterwards. */
export async function makeLink(
  { people, now, adminUrl }: Pick<Door, 'people' | 'now'> & { readonly adminUrl: string },
  person: Person,
): Promise<MadeLink> {
  const kind = person.lastSignInAt === undefined ? 'invitation' : 'reset'
  const secret = newSecret()
  const until = now() + linkTimes[kind]
  await people.links.make(person.id, { hash: digest(secret), kind, expiresAt: until })
  return { kind, link: linkAddress(adminUrl, secret), until }
}

export function linkAddress(adminUrl: string, secret: string): string {
  return new URL(`sign-in/link/${secret}`, adminUrl).href
}

/** Looking at a link does not use it up: programs that read mail look at them too. */
export async function foundLink({ people, now }: Door, secret: string): Promise<FoundLink> {
  const found = await people.links.find(digest(secret), now())
  if (!found) throw deadLink()
  return found
}

export interface Chosen {
  readonly password: string
  /** Only of the very first person, whom nobody has entered. */
  readonly email?: string | undefined
  readonly name?: string | undefined
  /** The one he was spoken to in at the door. */
  readonly locale: Locale
}

/** Sets the password and signs in, once. A second factor is asked for all the same. */
export async function useLink(
  door: Door,
  secret: string,
  { password, email, name, locale }: Chosen,
  visitor: Visitor,
): Promise<Admitted> {
  const { people, now } = door
  const { kind, person: invited } = await foundLink(door, secret)
  const isFirst = kind === 'first'
  const address = isFirst ? (email ?? '') : invited.email
  refuseFaults([
    ...(isFirst ? checkEmail(address, 'email') : []),
    ...(name === undefined ? [] : checkName(name, 'name')),
    ...passwordFaults(password, { email: address }),
  ])
  const arrival = {
    password: await hashPassword(password),
    ...(isFirst ? { email: address, locale } : {}),
    ...(name === undefined ? {} : { name }),
  }
  const used = await people.links.use(digest(secret), arrival, now())
  if (!used) throw deadLink()
  const { person } = used
  const event = { person: person.id, address: visitor.address, userAgent: visitor.userAgent }
  await people.watch.note({ at: now(), what: 'password-changed', way: 'link', ...event })
  if (!person.hasSecondFactor) return letIn(door, person, visitor, 'link')
  const cookies = await openSession(door, person, 'second-factor', visitor)
  return { person, stage: 'second-factor', cookies }
}

export function refuseFaults(problems: readonly Problem[]): void {
  if (problems.length === 0) return
  throw new ApiFailure(422, 'input-unfit', 'this cannot be used', 'correct what is named and send it again', {
    problems,
  })
}

/** The same whether it was used, has expired or never was. */
function deadLink(): ApiFailure {
  return new ApiFailure(
    404,
    'link-dead',
    'this link opens nothing, or nothing any more',
    'ask whoever sent it for another one',
  )
}
