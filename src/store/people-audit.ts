import type { Scope } from '../domain/scope.ts'
import { placesOf } from '../domain/scope.ts'
import { type Author, beginChange, type Entry, writeAudit } from './history.ts'
import type { Queries } from './tables.ts'

/** Somebody, or a token, as the audit tells of it: without secrets. */
export interface AuditedScope extends Scope {
  /** An e-mail address, or a token's name. */
  readonly subject: string
  readonly more: Readonly<Record<string, unknown>>
}

export interface ScopeChange {
  readonly what: 'person' | 'token'
  readonly before?: AuditedScope
  readonly after?: AuditedScope
}

/**
 * Writes down what became of somebody. Each company reads of it in its own audit, and only what concerns it; of
 * operators only the server's audit tells, which is of no company.
 */
export async function recordScope(
  db: Queries,
  author: Author,
  summary: string,
  { what, before, after }: ScopeChange,
): Promise<void> {
  const companies = [...new Set([before, after].flatMap((one) => (one ? homesOf(one) : [])))].sort()
  const entries = companies.flatMap((company): Entry[] => {
    const was = before && homesOf(before).includes(company) ? told(before, company) : null
    const is = after && homesOf(after).includes(company) ? told(after, company) : null
    if (was === is) return []
    const subject = (after ?? before)?.subject ?? ''
    const action = was === null ? 'added' : is === null ? 'removed' : 'changed'
    return [{ what, company, subject, action, before: was, after: is }]
  })
  const change = await beginChange(db, author, summary, [])
  await writeAudit({ db, tick: () => {} }, change, author, entries)
}

const ofTheServer = ''

function homesOf(scope: Scope): readonly string[] {
  const places = placesOf(scope)
  return places.length === 0 ? [ofTheServer] : places
}

function told({ subject, more, role, companies, sites, line }: AuditedScope, company: string): string {
  return JSON.stringify({
    subject,
    role,
    ...more,
    companies: companies.filter((name) => name === company),
    sites: sites
      .filter((site) => site.company === company)
      .map(({ site, until }) => ({ site, until: new Date(until).toISOString() })),
    ...(line === undefined ? {} : { line }),
  })
}
