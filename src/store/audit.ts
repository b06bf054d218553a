import type { Action, Queries, Subject } from './tables.ts'

/** One record's change as people read it. */
export interface AuditEntry {
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

/** The newest first. */
export async function findAudit(db: Queries, limit: number): Promise<readonly AuditEntry[]> {
  const rows = await db.selectFrom('audit').selectAll().orderBy('id', 'desc').limit(limit).execute()
  return rows.map(({ id, change_id, before, after, ...row }) => ({
    ...row,
    change: change_id,
    ...(before === null ? {} : { before: JSON.parse(before) }),
    ...(after === null ? {} : { after: JSON.parse(after) }),
  }))
}
