import type { FleetDiff } from '../domain/fleet-diff.ts'
import { gather, inBatches } from './batches.ts'
import { takeIds } from './counters.ts'
import { conflict } from './errors.ts'
import { insertRows } from './insert.ts'
import { companyRow } from './rows.ts'
import type { Saving } from './saving.ts'
import { rebootPassword } from './seal.ts'
import type { Queries } from './tables.ts'

/** Ids by company name, of all companies the change speaks of. */
export type CompanyIds = ReadonlyMap<string, number>

export async function saveCompanies(
  { db, sealer }: Pick<Saving, 'db' | 'sealer'>,
  diff: FleetDiff,
): Promise<CompanyIds> {
  const rows = await gather(
    diff.map((change) => change.name),
    (names) => db.selectFrom('company').select(['id', 'name']).where('name', 'in', names).execute(),
  )
  const ids = new Map(rows.map((row) => [row.name, row.id]))
  for (const { name, settings } of diff) {
    const isNew = settings?.after !== undefined && settings.before === undefined
    if (isNew === ids.has(name)) throw conflict(`the company ${name} ${isNew ? 'exists already' : 'is gone'}`)
  }
  const added = diff.filter((change) => !ids.has(change.name))
  const first = await takeIds(db, 'company', added.length)
  for (const [i, { name }] of added.entries()) ids.set(name, first + i)
  const saved = diff.flatMap(({ name, settings }) => {
    const password = settings?.after?.reboot?.password
    const sealed = password === undefined ? null : sealer.seal(password, rebootPassword(name))
    return settings?.after ? [companyRow(known(ids, name), settings.after, sealed)] : []
  })
  await insertRows(db, 'company', saved, 'overwrite')
  return ids
}

/** The last step: nothing may belong to a company any more when it goes. */
export async function removeCompanies(db: Queries, diff: FleetDiff, ids: CompanyIds): Promise<void> {
  const removed = diff.flatMap(({ name, settings }) => {
    return settings && !settings.after ? [known(ids, name)] : []
  })
  await inBatches(removed, (batch) => db.deleteFrom('company').where('id', 'in', batch).execute())
}

export function known(ids: ReadonlyMap<string, number>, name: string): number {
  const id = ids.get(name)
  if (id === undefined) throw conflict(`${name} is gone`)
  return id
}
