import { z } from 'zod'
import { extentOf } from '../../domain/extent.ts'
import { defined } from '../../fleet/kept.ts'
import type { AuditEntry, AuditQuery } from '../../store/audit.ts'
import type { Principal } from '../principal.ts'
import { type Route, route } from '../route.ts'
import { auditFormats, contentTypes, written } from './audit-export.ts'
import { instant, time } from './devices-shown.ts'
import { pageQuery } from './lines-list.ts'

const filters = {
  search: z.string().trim().min(1).max(200).optional().describe('Anywhere in an entry'),
  who: z.string().optional(),
  company: z.string().optional(),
  what: z.enum(['company', 'site', 'line', 'key-layout', 'device', 'person', 'token']).optional(),
  subject: z.string().optional().describe('The name of a company or site, a number, a MAC'),
  action: z.string().max(40).optional().describe('As `added`, `changed`, `removed`'),
  from: z.iso.datetime({ offset: true }).optional(),
  to: z.iso.datetime({ offset: true }).optional().describe('Before then'),
}

const filtersOf = z.strictObject(filters)

export const entryOf = z.object({
  id: z.int(),
  change: z.int().describe('What was changed at once has one number'),
  at: time,
  who: z.string(),
  source: z.string(),
  what: z.string(),
  company: z.string(),
  subject: z.string(),
  action: z.string(),
  before: z.unknown().optional().describe('Without secrets'),
  after: z.unknown().optional(),
})

export function shownEntry(entry: AuditEntry): z.input<typeof entryOf> {
  return { ...entry, at: instant(entry.at) }
}

const readAudit = route({
  id: 'readAudit',
  method: 'get',
  path: '/audit',
  summary: 'Read who changed what, before and after, the newest first',
  tag: 'audit',
  action: 'audit.read',
  of: 'fleet',
  query: z.strictObject({
    ...filters,
    ...pageQuery,
    after: z.coerce.number().int().min(1).optional().describe('`next` of the page before'),
  }),
  answer: z.object({ items: z.array(entryOf), next: z.string().optional() }),
  async handle({ who, query: { after, limit, ...asked }, services: { store } }) {
    const found = await store.findAudit({ ...meant(who, asked), limit, ...defined({ after }) })
    const last = found.length === limit ? found.at(-1)?.id : undefined
    return {
      body: { items: found.map(shownEntry), ...(last === undefined ? {} : { next: String(last) }) },
    }
  },
})

const exportAudit = route({
  id: 'exportAudit',
  method: 'get',
  path: '/audit/export',
  summary: 'Fetch all of it, or what is asked for, as CSV or as lines of JSON',
  tag: 'audit',
  action: 'audit.read',
  of: 'fleet',
  query: z.strictObject({ ...filters, format: z.enum(auditFormats).default('csv') }),
  answer: { contentType: contentTypes.csv },
  async handle({ who, query: { format, ...asked }, services: { store } }) {
    return {
      stream: written(store, meant(who, asked), format),
      headers: {
        'Content-Type': contentTypes[format],
        'Content-Disposition': `attachment; filename="audit.${format}"`,
      },
    }
  },
})

/** Nobody reads of what lies beyond his companies, whatever he asks for. */
function meant(
  who: Principal,
  { search, company, from, to, action, ...same }: z.output<typeof filtersOf>,
): Omit<AuditQuery, 'limit'> {
  const { companies: seen } = extentOf(who, 'audit.read')
  const asked = company === undefined ? undefined : [company]
  const companies = seen && asked ? asked.filter((name) => seen.includes(name)) : (asked ?? seen)
  return defined({
    ...same,
    companies,
    text: search,
    action: action as AuditQuery['action'],
    from: from === undefined ? undefined : Date.parse(from),
    to: to === undefined ? undefined : Date.parse(to),
  })
}

export const auditRoutes: readonly Route[] = [readAudit, exportAudit]
