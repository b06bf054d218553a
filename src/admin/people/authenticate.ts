import { homeOf } from '../../domain/scope.ts'
import { sessionTimes } from '../../domain/session-times.ts'
import type { Person } from '../../store/people-read.ts'
import type { Session } from '../../store/people-sessions.ts'
import type { Token } from '../../store/people-tokens.ts'
import type { Authenticate } from '../authenticate.ts'
import { ApiFailure } from '../http/failure.ts'
import type { Principal } from '../principal.ts'
import { isUnsafe, refuseOtherSites } from './cross-site.ts'
import { type Door, isSecure, sessionOf } from './door.ts'
import { digest, isSame, tokenPrefix } from './secrets.ts'

/**
 * Knows who asks by a token or by a session, both as they are at this moment: what was taken from somebody is taken
 * with his next request. A request that shows a token is judged by it alone.
 */
export function createAuthenticate(door: Door): Authenticate {
  return async (request, from) => {
    const { authorization } = request.headers
    if (authorization !== undefined) return tokenHolder(door, authorization, from)
    const found = await sessionOf(door, request.headers, isSecure(request, door.adminUrl))
    if (found?.session.stage !== 'whole') return undefined
    if (isUnsafe(request)) {
      refuseOtherSites(request, door.adminUrl)
      refuseForgery(found.session, request.headers['x-csrf-token'])
    }
    return principalOf(found.person, door.now())
  }
}

/** Whoever sends a form from elsewhere cannot know what the session's own pages repeat. */
export function refuseForgery(session: Session, repeated: string | readonly string[] | undefined): void {
  if (typeof repeated === 'string' && isSame(repeated, session.csrf)) return
  throw new ApiFailure(
    403,
    'csrf-unfit',
    'it is not proved that this was sent from a page of this server',
    'send what the cookie bootline-csrf holds as X-CSRF-Token, or in the field _csrf',
  )
}

export function principalOf(person: Person, now: number): Principal {
  return { kind: 'person', id: person.id, name: person.email, locale: person.locale, ...homeOf(person, now) }
}

async function tokenHolder(door: Door, authorization: string, from: string): Promise<Principal | undefined> {
  const secret = /^Bearer +(\S+)$/i.exec(authorization)?.[1]
  if (!secret?.startsWith(tokenPrefix)) return undefined
  const now = door.now()
  const token = await door.people.tokens.find(digest(secret), now)
  if (!token) return undefined
  if (isNews(token, from, now)) await door.people.tokens.note(token.id, from, now)
  return { kind: 'token', id: token.id, name: token.name, locale: 'en', ...homeOf(token, now) }
}

/** A program that asks all the time is not worth a write to the disk each time. */
function isNews({ lastUsedAt, lastUsedFrom }: Token, from: string, now: number): boolean {
  return lastUsedAt === undefined || lastUsedFrom !== from || now - lastUsedAt > sessionTimes.noted
}
