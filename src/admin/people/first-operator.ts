import { linkTimes } from '../../domain/session-times.ts'
import type { People } from '../../store/people.ts'
import { linkAddress } from './links.ts'
import { digest, newSecret } from './secrets.ts'

/** Nobody knows who it is before he comes: he says it himself when he uses the link. */
export const nobodysEmail = 'operator@localhost'

export interface FirstOperator {
  /** For the console, and nowhere else. */
  readonly link: string
  readonly until: number
}

/**
 * Where there is nobody yet, makes an operator and a link that lets him in once. As long as he has not come, each start
 * makes another link and ends the one before; once there is anybody, never again.
 */
export async function ensureFirstOperator(
  people: People,
  adminUrl: string,
  now: number,
): Promise<FirstOperator | undefined> {
  const secret = newSecret()
  const until = now + linkTimes.first
  const made = await people.links.first(
    { name: 'bootline', source: 'start', at: now },
    { email: nobodysEmail, name: 'Operator', role: 'operator', locale: 'fr', companies: [], sites: [] },
    { hash: digest(secret), kind: 'first', expiresAt: until },
  )
  return made ? { link: linkAddress(adminUrl, secret), until } : undefined
}
