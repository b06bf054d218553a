import type { Access } from './devices.ts'
import { type Author, beginChange, writeAudit } from './history.ts'
import type { Queries } from './tables.ts'

/** A company goes then, unless somebody keeps it. */
export interface Deletion {
  readonly company: string
  readonly at: number
  readonly plannedAt: number
  readonly plannedBy: string
}

export type Planning = Deletion | 'unknown' | 'in-use'

export interface Deletions {
  /** Only a company without lines is planned to go; planned again, it goes on the new day. */
  plan(company: string, at: number, author: Author): Promise<Planning>
  /** False when it was not going to go. */
  cancel(company: string, author: Author): Promise<boolean>
  /** Those whose time has come. */
  due(now: number): Promise<readonly Deletion[]>
}

export function deletionsOver(read: Access, write: Access): Deletions {
  return {
    plan: (company, at, author) => write((db) => planDeletion(db, company, at, author)),
    cancel: (company, author) => write((db) => cancelDeletion(db, company, author)),
    due: (now) =>
      read(async (db) => {
        const rows = await selectDeletions(db)
          .where('at', '<=', now)
          .orderBy('at')
          .orderBy('company_id')
          .execute()
        return rows.map(deletionOfRow)
      }),
  }
}

export async function findDeletion(db: Queries, company: string): Promise<Deletion | undefined> {
  const row = await selectDeletions(db).where('company.name', '=', company).executeTakeFirst()
  return row && deletionOfRow(row)
}

async function planDeletion(db: Queries, company: string, at: number, author: Author): Promise<Planning> {
  const found = await db.selectFrom('company').select('id').where('name', '=', company).executeTakeFirst()
  if (!found) return 'unknown'
  const line = await db
    .selectFrom('line')
    .select('id')
    .where('company_id', '=', found.id)
    .limit(1)
    .executeTakeFirst()
  if (line) return 'in-use'
  const before = await findDeletion(db, company)
  const planned = { at, planned_at: author.at, planned_by: author.name }
  await db
    .insertInto('company_deletion')
    .values({ company_id: found.id, ...planned })
    .onConflict((c) => c.column('company_id').doUpdateSet(planned))
    .execute()
  const after = { company, at, plannedAt: author.at, plannedBy: author.name }
  await record(db, author, company, before, after)
  return after
}

async function cancelDeletion(db: Queries, company: string, author: Author): Promise<boolean> {
  const before = await findDeletion(db, company)
  if (!before) return false
  await db
    .deleteFrom('company_deletion')
    .where('company_id', 'in', (e) =>
      e.selectFrom('company').select('company.id').where('name', '=', company),
    )
    .execute()
  await record(db, author, company, before, undefined)
  return true
}

async function record(
  db: Queries,
  author: Author,
  company: string,
  before: Deletion | undefined,
  after: Deletion | undefined,
): Promise<void> {
  const told = (deletion: Deletion | undefined): string =>
    JSON.stringify(deletion ? { deletion: new Date(deletion.at).toISOString() } : {})
  const summary = after ? `${company}: deletion planned` : `${company}: kept`
  const change = await beginChange(db, author, summary, [])
  await writeAudit({ db, tick: () => {} }, change, author, [
    {
      what: 'company',
      company,
      subject: company,
      action: 'changed',
      before: told(before),
      after: told(after),
    },
  ])
}

function selectDeletions(db: Queries) {
  return db
    .selectFrom('company_deletion')
    .innerJoin('company', 'company.id', 'company_deletion.company_id')
    .select([
      'company.name',
      'company_deletion.at',
      'company_deletion.planned_at',
      'company_deletion.planned_by',
    ])
}

function deletionOfRow(row: {
  readonly name: string
  readonly at: number
  readonly planned_at: number
  readonly planned_by: string
}): Deletion {
  return { company: row.name, at: row.at, plannedAt: row.planned_at, plannedBy: row.planned_by }
}
