import { type Home, type Role, roles } from './permissions.ts'
import { fault, type Problem } from './problem.ts'

/** How far somebody reaches, or a program that acts in somebody's stead. */
export interface Scope {
  readonly role: Role
  /** A manager's companies; of a user the one of its line. */
  readonly companies: readonly string[]
  /** An installer's sites, each for as long as the work there lasts. */
  readonly sites: readonly SiteGrant[]
  /** A user's own line, by its number. */
  readonly line?: string
}

export interface SiteGrant {
  readonly company: string
  readonly site: string
  /** Milliseconds; from then on it is worth nothing. */
  readonly until: number
}

/** What somebody may do at a moment: sites whose time is over are not among them. */
export function homeOf({ role, companies, sites, line }: Scope, now: number): Home {
  if (role === 'operator') return { role, companies: 'all' }
  if (role === 'manager') return { role, companies }
  if (role === 'user') return { role, companies, ...(line === undefined ? {} : { line }) }
  const open = sites.filter(({ until }) => until > now)
  return {
    role,
    companies: [...new Set(open.map(({ company }) => company))],
    sites: open.map(({ company, site }) => ({ company, site })),
  }
}

/** Every role is given what it needs and nothing that would mean nothing. */
export function scopeFaults({ role, companies, sites, line }: Scope): readonly Problem[] {
  const needs = { operator: undefined, manager: 'companies', installer: 'sites', user: 'line' }[role]
  const given = {
    companies: companies.length > 0,
    sites: sites.length > 0,
    line: line !== undefined,
  }
  return (['companies', 'sites', 'line'] as const).flatMap((field) => {
    if (field === needs && !given[field]) {
      return [fault('scope-missing', field, `${article[role]} needs ${field}`, `say which ${field}`)]
    }
    // A user's company follows from the line, whoever repeats it says nothing wrong.
    if (field === needs || !given[field] || (role === 'user' && field === 'companies')) return []
    return [fault('scope-unfit', field, `${article[role]} has no ${field} of its own`, 'leave it out')]
  })
}

const article: Readonly<Record<Role, string>> = {
  operator: 'an operator',
  manager: 'a manager',
  installer: 'an installer',
  user: 'a user',
}

/** Nobody gives more than he has: what is given lies within the giver's own companies, and below operators. */
export function mayGive(giver: Home, given: Scope): boolean {
  if (giver.role === 'operator') return true
  if (giver.role !== 'manager' || given.role === 'operator') return false
  return placesOf(given).every((company) => giver.companies.includes(company))
}

/** All companies that somebody has to do with, also where the time is over. */
export function placesOf({ companies, sites }: Scope): readonly string[] {
  return [...new Set([...companies, ...sites.map(({ company }) => company)])]
}

/** What two scopes have in common, where the second bounds the first; `undefined`: nothing is left of it. */
export function bounded(scope: Scope, bound: Home): Scope | undefined {
  if (bound.role === 'operator') return scope
  if (roles.indexOf(scope.role) < roles.indexOf(bound.role) || bound.role !== 'manager') return undefined
  const within = (company: string): boolean => bound.companies.includes(company)
  const left = {
    ...scope,
    companies: scope.companies.filter(within),
    sites: scope.sites.filter(({ company }) => within(company)),
  }
  return placesOf(left).length > 0 ? left : undefined
}

/** The part of somebody's reach that another may know of. */
export function seenBy(viewer: Home, scope: Scope): Scope | undefined {
  if (viewer.companies === 'all') return scope
  const { companies } = viewer
  if (scope.role === 'operator') return undefined
  const left = {
    ...scope,
    companies: scope.companies.filter((company) => companies.includes(company)),
    sites: scope.sites.filter(({ company }) => companies.includes(company)),
  }
  return placesOf(left).length > 0 ? left : undefined
}
