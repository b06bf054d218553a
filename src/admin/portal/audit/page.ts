import { address } from '../address.ts'
import { administrationCrumbs } from '../crumbs.ts'
import { companyChoice } from '../home/companies.ts'
import type { Listed } from '../listed.ts'
import type { Page } from '../page.ts'
import { changesShown, type Entry } from './entries.ts'

const names = ['search', 'who', 'company', 'what', 'subject', 'action', 'from', 'to'] as const
const subjects = ['line', 'site', 'company', 'device', 'key-layout', 'person', 'token'] as const
const actions = ['added', 'changed', 'removed'] as const
const pageSize = 50
const day = 86_400_000

/** Who changed what, the newest first, narrowed by what one looks for. */
export const auditPage: Page = {
  path: '/audit',
  action: 'audit.read',
  async show(visit) {
    const { ask, query, text } = visit
    const filters = Object.fromEntries(names.flatMap((name) => (query[name] ? [[name, query[name]]] : [])))
    const { from, to, ...same } = filters
    const asked = { ...same, from: startOf(from), to: startOf(to, day) }
    const { after } = query
    const { body } = await ask<Listed<Entry>>('readAudit', {
      query: { ...asked, after, limit: pageSize },
    })
    const { options } = await companyChoice(ask, undefined)
    const pill = (name: string, value: string | undefined, key: string) => ({
      text: key,
      to: address('/audit', { ...filters, [name]: value }),
      here: filters[name] === value,
    })
    return {
      view: 'audit/list',
      title: text('audit.title'),
      place: 'administration',
      data: {
        crumbs: administrationCrumbs(visit),
        filters,
        several: options.length > 1,
        companies: options,
        subjects: [
          pill('what', undefined, 'audit.everything'),
          ...subjects.map((what) => pill('what', what, `audit.pill.${what}`)),
        ],
        actions: actions.map((action) => ({
          ...pill('action', filters.action === action ? undefined : action, `audit.action.${action}`),
          here: filters.action === action,
        })),
        detailed: [filters.company, filters.who, from, to].some((value) => value !== undefined),
        narrowed: Object.keys(filters).length > 0,
        people: [...new Set(body.items.map(({ who }) => who))].sort(),
        changes: changesShown(visit, body.items),
        csv: address('/api/v1/audit/export', { ...asked, format: 'csv' }),
        json: address('/api/v1/audit/export', { ...asked, format: 'jsonl' }),
        first: after && address('/audit', filters),
        next: body.next && address('/audit', { ...filters, after: body.next }),
      },
    }
  },
}

/** The beginning of a day, or of the one after it, by the clock of the server; what is no day narrows nothing. */
function startOf(written: string | undefined, later = 0): string | undefined {
  const at = Date.parse(`${written ?? ''}T00:00`)
  return Number.isNaN(at) ? undefined : new Date(at + later).toISOString()
}
