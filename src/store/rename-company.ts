import { passOn } from './company-names.ts'
import { type Author, beginChange, writeAudit } from './history.ts'
import { rebootPassword, type Sealer } from './seal.ts'
import type { Queries } from './tables.ts'

export type Renaming = 'renamed' | 'unknown' | 'taken'

/**
 * Gives a company another name. Its lines, people and layouts hang on its id; what goes by its name goes along, the
 * audit among it: whoever takes the old name next must not read there what this one did.
 */
export async function renameCompany(
  { db, sealer }: { readonly db: Queries; readonly sealer: Sealer },
  author: Author,
  from: string,
  to: string,
): Promise<Renaming> {
  const all = await db.selectFrom('company').select(['id', 'name', 'reboot_password']).execute()
  const company = all.find(({ name }) => name === from)
  if (!company) return 'unknown'
  const key = (name: string): string => name.toLocaleLowerCase('en')
  if (all.some(({ id, name }) => id !== company.id && key(name) === key(to))) return 'taken'
  if (from === to) return 'renamed'
  const sealed = company.reboot_password
  const reboot_password =
    sealed === null ? null : sealer.seal(sealer.open(sealed, rebootPassword(from)), rebootPassword(to))
  await db.updateTable('company').set({ name: to, reboot_password }).where('id', '=', company.id).execute()
  await passOn(db, from, to)
  const change = await beginChange(db, author, `${from} is called ${to}`.slice(0, 500), [])
  const named = { what: 'company' as const, company: to, subject: to, action: 'changed' as const }
  const [before, after] = [JSON.stringify({ name: from }), JSON.stringify({ name: to })]
  await writeAudit({ db, tick: () => {} }, change, author, [{ ...named, before, after }])
  return 'renamed'
}
