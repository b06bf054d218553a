import { z } from 'zod'
import type { Person } from '../../store/people-read.ts'
import type { WrittenScope } from '../people/meant-scope.ts'

export const personParams = z.object({ person: z.coerce.number().int().positive() })

type Written = { readonly [Field in keyof WrittenScope]?: WrittenScope[Field] | undefined }

/** What somebody shall be afterwards, if any of it is said; another role keeps nothing of the one before. */
export function changedScope(
  before: Person,
  { role, companies, sites, line }: Written,
): WrittenScope | undefined {
  if ([role, companies, sites, line].every((field) => field === undefined)) return undefined
  const same = role === undefined || role === before.role
  return {
    role: role ?? before.role,
    companies: companies ?? (same && before.role === 'manager' ? before.companies : undefined),
    sites: sites ?? (same ? before.sites.map((grant) => ({ ...grant, until: iso(grant.until) })) : undefined),
    line: line ?? (same ? before.line : undefined),
  }
}

function iso(at: number): string {
  return new Date(at).toISOString()
}
