import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'
import { TLSSocket } from 'node:tls'
import { sessionTimes } from '../../domain/session-times.ts'
import type { People } from '../../store/people.ts'
import type { Person } from '../../store/people-read.ts'
import type { Session } from '../../store/people-sessions.ts'
import { cookieNames, cookieOf, csrfCookie, writtenCookie } from './cookies.ts'
import { digest, newSecret } from './secrets.ts'

/** What everything at the door needs. */
export interface Door {
  readonly people: People
  readonly now: () => number
  /** How people reach the admin plane, where it is known. */
  readonly adminUrl: string | undefined
}

/** Who stands at the door, as far as the network tells. */
export interface Visitor {
  readonly address: string
  readonly userAgent: string
  readonly secure: boolean
}

export function visitorOf(request: IncomingMessage, address: string, door: Door): Visitor {
  return {
    address,
    userAgent: (request.headers['user-agent'] ?? '').slice(0, 200),
    secure: isSecure(request, door.adminUrl),
  }
}

/** Behind a proxy that speaks HTTPS for this server the connection itself does not tell. */
export function isSecure({ socket }: IncomingMessage, adminUrl: string | undefined): boolean {
  return socket instanceof TLSSocket || (adminUrl ?? '').startsWith('https:')
}

/** Signs somebody in: a session that nobody had before, and the cookies that show it. */
export async function openSession(
  { people, now }: Door,
  person: Person,
  stage: Session['stage'],
  { address, userAgent, secure }: Visitor,
): Promise<readonly string[]> {
  const secret = newSecret()
  const csrf = newSecret()
  const hash = digest(secret)
  await people.sessions.open({ hash, person: person.id, stage, csrf, address, userAgent, at: now() })
  const { session } = cookieNames(secure)
  return [
    writtenCookie(session, secret, { secure, httpOnly: true }),
    writtenCookie(csrfCookie, csrf, { secure, httpOnly: false }),
  ]
}

/** The same session under another id: after what somebody may do, or how he proves himself, has become more. */
export async function rotateSession(
  { people }: Pick<Door, 'people'>,
  { id }: Session,
  secure: boolean,
): Promise<string> {
  const secret = newSecret()
  await people.sessions.rotate(id, digest(secret))
  return writtenCookie(cookieNames(secure).session, secret, { secure, httpOnly: true })
}

export function goneCookies(secure: boolean): readonly string[] {
  const gone = { secure, httpOnly: true, life: 0 }
  return [
    writtenCookie(cookieNames(secure).session, '', gone),
    writtenCookie(csrfCookie, '', { ...gone, httpOnly: false }),
  ]
}

/** The session that a request shows, and whose it is. */
export async function sessionOf(
  { people, now }: Pick<Door, 'people' | 'now'>,
  headers: IncomingHttpHeaders,
  secure: boolean,
): Promise<{ readonly session: Session; readonly person: Person } | undefined> {
  const secret = cookieOf(headers, cookieNames(secure).session)
  if (!secret) return undefined
  const at = now()
  const found = await people.sessions.find(digest(secret), at)
  if (found && at - found.session.seenAt > sessionTimes.noted)
    await people.sessions.note(found.session.id, at)
  return found
}
