import type { Site } from '../domain/intent.ts'
import { gather, inBatches } from './batches.ts'
import { takeIds } from './counters.ts'
import { conflict } from './errors.ts'
import { insertRows } from './insert.ts'
import { siteRow } from './rows.ts'
import { type CompanyIds, known } from './save-companies.ts'
import type { InCompany } from './saving.ts'
import type { Queries } from './tables.ts'

/** Ids by company and site name, of all sites of the companies the change speaks of. */
export type SiteIds = ReadonlyMap<string, number>

export function siteKey(company: string, site: string): string {
  return JSON.stringify([company, site])
}

export async function saveSites(
  db: Queries,
  changes: readonly InCompany<Site>[],
  companyIds: CompanyIds,
): Promise<SiteIds> {
  const names = new Map([...companyIds].map(([name, id]) => [id, name]))
  const rows = await gather([...names.keys()], (ids) =>
    db.selectFrom('site').select(['id', 'company_id', 'name']).where('company_id', 'in', ids).execute(),
  )
  const siteIds = new Map(rows.map((row) => [siteKey(names.get(row.company_id) ?? '', row.name), row.id]))
  for (const { company, before, after } of changes) {
    const name = (before ?? after)?.name ?? ''
    if (siteIds.has(siteKey(company, name)) === !before) {
      throw conflict(`the site ${name} of ${company} ${before ? 'is gone' : 'exists already'}`)
    }
  }
  const added = changes.flatMap(({ company, before, after }) => {
    return after && !before ? [siteKey(company, after.name)] : []
  })
  const first = await takeIds(db, 'site', added.length)
  for (const [i, key] of added.entries()) siteIds.set(key, first + i)
  const saved = changes.flatMap(({ company, after }) => {
    return after
      ? [siteRow(known(siteIds, siteKey(company, after.name)), known(companyIds, company), after)]
      : []
  })
  await insertRows(db, 'site', saved, 'overwrite')
  return siteIds
}

/** After the lines: these have left for other sites by then. Pickup groups go with their site. */
export async function removeSites(
  db: Queries,
  changes: readonly InCompany<Site>[],
  siteIds: SiteIds,
): Promise<void> {
  const removed = changes.flatMap(({ company, before, after }) => {
    return before && !after ? [known(siteIds, siteKey(company, before.name))] : []
  })
  await inBatches(removed, (batch) => db.deleteFrom('site').where('id', 'in', batch).execute())
}
