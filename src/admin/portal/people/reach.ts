import { roles } from '../../../domain/permissions.ts'
import { mayGive } from '../../../domain/scope.ts'
import { address } from '../address.ts'
import type { Listed } from '../listed.ts'
import { choicesOf, companyNames, siteNames } from '../names.ts'
import type { Visit } from '../page.ts'
import { dayOf, endOfDay } from './days.ts'
import type { Reach } from './known.ts'

const day = 24 * 3_600_000
const usualStay = 30 * day

type Before = Partial<Reach>

/**
 * The part of a form that says who shall do what where. Role and company are in the page's address, as what there is to
 * choose follows from them; `here` is the page without them.
 */
export async function reachChoice(visit: Visit, here: string, before: Before = {}): Promise<object> {
  const { who, query, form, text } = visit
  const offered = roles.filter((role) => mayGive(who, { role, companies: [], sites: [] }))
  const asked = form.one('role') ?? query.role ?? before.role
  const role = offered.find((each) => each === asked) ?? 'manager'
  const same = role === before.role ? before : {}
  return {
    role,
    roles: offered.map((value) => ({
      value,
      to: address(here, { role: value }),
      here: value === role,
      label: text(`role.${value}`),
    })),
    here,
    ...(role === 'manager' ? { companies: await companyBoxes(visit, same) } : {}),
    ...(role === 'installer' ? await siteBoxes(visit, same) : {}),
    ...(role === 'user' ? await lineChoice(visit, same) : {}),
  }
}

async function companyBoxes(visit: Visit, { companies = [] }: Before): Promise<readonly object[]> {
  const names = await companyNames(visit)
  const ticked = visit.fault ? visit.form.all('companies') : companies
  const all = [...new Set([...companies, ...names])]
  return all.map((value) => ({ value, checked: ticked.includes(value) || all.length === 1 }))
}

/** The sites somebody has stay to be ticked, whichever company the others are chosen from. */
async function siteBoxes(visit: Visit, { sites = [] }: Before): Promise<object> {
  const { query, form, fault } = visit
  const names = await companyNames(visit)
  const company = form.one('company') ?? query.company ?? sites[0]?.company ?? names[0]
  const offered = await siteNames(visit, company)
  const has = sites.map(({ company, site }) => siteValue(company, site))
  const ticked = fault ? form.all('sites') : has
  const all = [...new Set([...has, ...offered.map((site) => siteValue(company ?? '', site))])]
  const until = sites.map(({ until }) => until).sort()
  return {
    company,
    choices: names.length > 1 ? choicesOf(names) : [],
    sites: all.map((value) => ({
      value,
      label: value.replace('\t', ' · '),
      checked: ticked.includes(value),
    })),
    until: dayOf(until.length > 0 ? Date.parse(until.at(-1) ?? '') : Date.now() + usualStay, visit.zone),
  }
}

async function lineChoice({ ask, query }: Visit, { line }: Before): Promise<object> {
  const search = query.line?.trim()
  if (!search) return { line, lines: [] }
  const { body } = await ask<Listed<object>>('listLines', { query: { search, limit: 10 } })
  return { line: search, lines: body.items }
}

/** How far somebody shall reach, as the form says it and the operations take it. */
export function reachGiven(visit: Visit): object {
  const { form } = visit
  const role = form.one('role')
  if (role === 'manager') return { role, companies: form.all('companies') }
  if (role === 'installer') return { role, sites: form.all('sites').map((value) => siteGrant(value, visit)) }
  if (role === 'user') return { role, line: form.one('line') }
  return { role }
}

/** A tab stands in no name. */
function siteValue(company: string, site: string): string {
  return `${company}\t${site}`
}

/** The work lasts until the end of the day that is named. */
function siteGrant(value: string, { form, zone }: Visit): object {
  const [company = '', site = ''] = value.split('\t')
  return { company, site, until: endOfDay(form.one('until'), zone) }
}
