import { sql } from 'kysely'
import type { Action, Queries, Subject } from './tables.ts'

/** One record's change as people read it. */
export interface AuditEntry {
  readonly id: number
  readonly change: number
  readonly at: number
  readonly who: string
  /** By which way: `cli`, `api`, `portal`. */
  readonly source: string
  readonly what: Subject
  readonly company: string
  /** The name of a company or site, the number of a line, the MAC of a device. */
  readonly subject: string
  readonly action: Action
  /** Without secrets: a password is only said to have changed or not. */
  readonly before?: unknown
  readonly after?: unknown
}

export interface AuditQuery {
  /** By name; absent means all, and what is of no company. */
  readonly companies?: readonly string[]
  /** Anywhere in an entry, capitals ignored. */
  readonly text?: string
  readonly who?: string
  readonly what?: Subject
  readonly subject?: string
  readonly action?: Action
  /** From then on, and before then. */
  readonly from?: number
  readonly to?: number
  /** The id of the last entry of the page before. */
  readonly after?: number
  readonly limit: number
}

/** The newest first. */
export async function findAudit(db: Queries, query: AuditQuery): Promise<readonly AuditEntry[]> {
  const { companies, text, from, to, after, limit } = query
  if (companies?.length === 0) return []
  let found = db.selectFrom('audit').selectAll().orderBy('id', 'desc').limit(limit)
  for (const column of ['who', 'what', 'subject', 'action'] as const) {
    const value = query[column]
    if (value !== undefined) found = found.where(column, '=', value)
  }
  if (companies !== undefined) found = found.where('company', 'in', companies)
  if (from !== undefined) found = found.where('at', '>=', from)
  if (to !== undefined) found = found.where('at', '<', to)
  if (after !== undefined) found = found.where('id', '<', after)
  if (text !== undefined) {
    const meant = `%${text.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`
    found = found.where((e) =>
      e.or(searched.map((column) => sql<boolean>`lower(${sql.ref(column)}) like ${meant} escape '\\'`)),
    )
  }
  return (await found.execute()).map(({ change_id, before, after, ...row }) => ({
    ...row,
    change: change_id,
    ...(before === null ? {} : { before: JSON.parse(before) }),
    ...(after === null ? {} : { after: JSON.parse(after) }),
  }))
}

const searched = ['who', 'company', 'subject', 'before', 'after'] as const
