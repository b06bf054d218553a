import { nearest } from '../domain/nearest.ts'
import { type Role, roles } from '../domain/permissions.ts'
import { normaliseNumber } from '../domain/phone-number.ts'
import { fault } from '../domain/problem.ts'
import { type Scope, scopeFaults } from '../domain/scope.ts'
import { refuseScope } from '../store/people-failure.ts'
import type { Options } from './command.ts'
import { Refusal } from './failure.ts'

/** How far somebody, or a token, shall reach. */
export const scopeOptions = {
  role: { type: 'string', value: 'ROLE', about: 'operator, manager, installer or user' },
  company: { type: 'string', multiple: true, value: 'NAME', about: 'a company, of a manager' },
  site: { type: 'string', multiple: true, value: 'COMPANY/SITE', about: 'a site, of an installer' },
  until: {
    type: 'string',
    value: 'DATE',
    about: 'how long the work at the sites lasts; 30 days when absent',
  },
  line: { type: 'string', value: 'NUMBER', about: "a user's own line" },
} as const satisfies Options

export interface ScopeValues {
  readonly role?: string | undefined
  readonly company?: readonly string[] | undefined
  readonly site?: readonly string[] | undefined
  readonly until?: string | undefined
  readonly line?: string | undefined
}

const usualWork = 30 * 24 * 3_600_000

export function scopeMeant(given: ScopeValues, usualRole: Role, now: number): Scope {
  const until = given.until === undefined ? now + usualWork : momentMeant(given.until, '--until', now)
  const scope: Scope = {
    role: roleMeant(given.role) ?? usualRole,
    companies: given.company ?? [],
    sites: (given.site ?? []).map((text) => ({ ...siteMeant(text), until })),
    ...(given.line === undefined ? {} : { line: normaliseNumber(given.line) ?? given.line }),
  }
  refuseScope(scopeFaults(scope))
  return scope
}

export function roleMeant(text: string | undefined): Role | undefined {
  const role = roles.find((one) => one === text)
  if (role !== undefined || text === undefined) return role
  const meant = nearest(text, roles)
  throw new Refusal(
    'usage',
    `there is no role "${text}"`,
    meant ? `did you mean ${meant}?` : `there are ${roles.join(', ')}`,
  )
}

/** `2026-12-31`, or with a time of day. */
export function momentMeant(text: string, option: string, now: number): number {
  const at = /^\d{4}-\d{2}-\d{2}(T.*)?$/.test(text) ? Date.parse(text) : Number.NaN
  if (at > now) return at
  throw new Refusal('usage', `${option} "${text}" is no time to come`, 'write it as 2027-12-31')
}

/** A company's name may hold a slash, a site's may too: the first one divides. */
function siteMeant(text: string): { company: string; site: string } {
  const at = text.indexOf('/')
  if (at < 1 || at === text.length - 1) {
    refuseScope([fault('site-unknown', '--site', `"${text}" is no site`, 'write it as COMPANY/SITE')])
  }
  return { company: text.slice(0, at), site: text.slice(at + 1) }
}

/** In a few words, for lists. */
export function scopeText({ companies, sites, line }: Scope): string {
  const places = sites.map(({ company, site, until }) => `${company}/${site} until ${dayOf(until)}`)
  return [...(line === undefined ? companies : [line]), ...places].join(', ') || '-'
}

export function dayOf(at: number): string {
  return new Date(at).toISOString().slice(0, 10)
}
