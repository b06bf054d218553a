import type { Keys } from '../domain/intent.ts'
import { takeIds } from './counters.ts'
import type { Access } from './devices.ts'
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
  change(company: string, name: string, change: LayoutChange): Promise<void>
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
    change: (company, name, change) => write((db) => changeLayout(db, company, name, change)),
  }
}

async function changeLayout(db: Queries, company: string, name: string, change: LayoutChange): Promise<void> {
  const all = await layoutsOf(db, company)
  const stored = all.find(({ layout }) => layout.name === name)
  const wanted = change(stored?.layout, (taken) => all.some(({ layout }) => layout.name === taken))
  if (stored && !wanted) await db.deleteFrom('key_layout').where('id', '=', stored.id).execute()
  if (!wanted) return
  const values = { name: wanted.name, keys: JSON.stringify(wanted.keys) }
  if (stored) {
    await db.updateTable('key_layout').set(values).where('id', '=', stored.id).execute()
    return
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
