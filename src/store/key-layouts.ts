import type { Keys } from '../domain/intent.ts'
import { takeIds } from './counters.ts'
import type { Access } from './devices.ts'
import { type Author, beginChange, writeAudit } from './history.ts'
import type { Queries } from './tables.ts'

/** Keys that a company has given a name. They name lines by their numbers, which may be gone by the time. */
export interface KeyLayout {
  readonly name: string
  readonly keys: Keys
}

export interface KeyLayouts {
  /** In the order of their names. */
  list(company: string): Promise<readonly KeyLayout[]>
  find(company: string, name: string): Promise<KeyLayout | undefined>
  /**
   * Looks at the layout of that name, or at its absence, and puts in its place what the change makes of it; `undefined`
   * removes it. Nobody else comes between.
   */
  change(company: string, name: string, author: Author, change: LayoutChange): Promise<void>
}

export type LayoutChange = (
  stored: KeyLayout | undefined,
  isTaken: (name: string) => boolean,
) => KeyLayout | undefined

export function keyLayoutsOver(read: Access, write: Access): KeyLayouts {
  return {
    list: (company) => read(async (db) => (await layoutsOf(db, company)).map(({ layout }) => layout)),
    find: (company, name) =>
      read(async (db) => (await layoutsOf(db, company)).find(({ layout }) => layout.name === name)?.layout),
    change: (company, name, author, change) =>
      write(async (db) => {
        const changed = await changeLayout(db, company, name, change)
        await record(db, author, company, changed)
      }),
  }
}

interface LayoutChanged {
  readonly before: KeyLayout | undefined
  readonly after: KeyLayout | undefined
}

async function changeLayout(
  db: Queries,
  company: string,
  name: string,
  change: LayoutChange,
): Promise<LayoutChanged> {
  const all = await layoutsOf(db, company)
  const stored = all.find(({ layout }) => layout.name === name)
  const wanted = change(stored?.layout, (taken) => all.some(({ layout }) => layout.name === taken))
  if (stored && !wanted) await db.deleteFrom('key_layout').where('id', '=', stored.id).execute()
  const changed = { before: stored?.layout, after: wanted }
  if (!wanted) return changed
  const values = { name: wanted.name, keys: JSON.stringify(wanted.keys) }
  if (stored) {
    await db.updateTable('key_layout').set(values).where('id', '=', stored.id).execute()
    return changed
  }
  const { id: companyId } = await db
    .selectFrom('company')
    .select('id')
    .where('name', '=', company)
    .executeTakeFirstOrThrow()
  const id = await takeIds(db, 'key_layout', 1)
  await db
    .insertInto('key_layout')
    .values({ id, company_id: companyId, ...values })
    .execute()
  return changed
}

async function record(
  db: Queries,
  author: Author,
  company: string,
  { before, after }: LayoutChanged,
): Promise<void> {
  const told = (layout: KeyLayout | undefined) => (layout ? JSON.stringify(layout) : null)
  const entry = { company, subject: (after ?? before)?.name ?? '', before: told(before), after: told(after) }
  if (entry.before === entry.after) return
  const action = before === undefined ? 'added' : after === undefined ? 'removed' : 'changed'
  const change = await beginChange(db, author, `${company}: keys named ${entry.subject}`, [])
  await writeAudit({ db, tick: () => {} }, change, author, [{ what: 'key-layout', action, ...entry }])
}

async function layoutsOf(
  db: Queries,
  company: string,
): Promise<readonly { id: number; layout: KeyLayout }[]> {
  const rows = await db
    .selectFrom('key_layout')
    .innerJoin('company', 'company.id', 'key_layout.company_id')
    .select(['key_layout.id', 'key_layout.name', 'key_layout.keys'])
    .where('company.name', '=', company)
    .orderBy('key_layout.name')
    .execute()
  return rows.map(({ id, name, keys }) => ({ id, layout: { name, keys: JSON.parse(keys) } }))
}
