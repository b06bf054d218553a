import { z } from 'zod'
import { type Home, type Role, roles } from '../../domain/permissions.ts'
import { normaliseNumber } from '../../domain/phone-number.ts'
import { fault } from '../../domain/problem.ts'
import { mayGive, type Scope, scopeFaults } from '../../domain/scope.ts'
import { refuseScope } from '../../store/people-failure.ts'
import type { Store } from '../../store/store.ts'
import { ApiFailure } from '../http/failure.ts'

/** How far somebody shall reach, as it is written in a body. */
export const scopeFields = {
  role: z.enum(roles),
  companies: z.array(z.string().max(200)).max(500).optional().describe('Of a manager'),
  sites: z
    .array(
      z.strictObject({
        company: z.string().max(200),
        site: z.string().max(200),
        until: z.iso.datetime({ offset: true }).describe('From then on it is worth nothing'),
      }),
    )
    .max(500)
    .optional()
    .describe('Of an installer'),
  line: z.string().max(40).optional().describe('Of a user: the number of the own line, in any writing'),
}

export interface WrittenScope {
  readonly role: Role
  readonly companies?: readonly string[] | undefined
  readonly sites?:
    | readonly { readonly company: string; readonly site: string; readonly until: string }[]
    | undefined
  readonly line?: string | undefined
}

/**
 * The scope that is meant, if the giver may give it. Whoever may not hears the same about a company that is there as
 * about one that is not.
 */
export async function meantScope(
  giver: Home,
  { role, companies = [], sites = [], line }: WrittenScope,
  { store, now }: { readonly store: Pick<Store, 'findPlace'>; readonly now: () => number },
): Promise<Scope> {
  const number = line === undefined ? undefined : (normaliseNumber(line) ?? line)
  const place = number === undefined ? undefined : await store.findPlace({ line: number })
  const scope: Scope = {
    role,
    companies: role === 'user' && place ? [place.company] : [...new Set(companies)],
    sites: sites.map((grant) => ({ ...grant, until: Date.parse(grant.until) })),
    ...(number === undefined ? {} : { line: number }),
  }
  refuseScope([
    ...scopeFaults(scope),
    ...scope.sites.flatMap(({ until }, i) =>
      until > now() ? [] : [fault('until-past', `sites[${i}].until`, 'this is over', 'give a time to come')],
    ),
  ])
  const isNowhere = number !== undefined && !place
  if (!mayGive(giver, scope) || (isNowhere && giver.companies !== 'all')) throw notYoursToGive()
  return scope
}

export function notYoursToGive(): ApiFailure {
  return new ApiFailure(
    403,
    'not-yours-to-give',
    'this reaches further than you do',
    'give what lies within your own companies, or ask an operator',
  )
}
