import { sameRecord } from '../domain/diff.ts'
import type { Site } from '../domain/intent.ts'
import { gather, inBatches } from './batches.ts'
import { takeIds } from './counters.ts'
import { insertRows } from './insert.ts'
import { idsOfNumbers } from './line-ids.ts'
import { known } from './save-companies.ts'
import { type SiteIds, siteKey } from './save-sites.ts'
import type { InCompany } from './saving.ts'
import type { Queries } from './tables.ts'

/** Sites whose groups changed get all their groups' members anew: a line may have moved between any two. */
export async function savePickupGroups(
  db: Queries,
  changes: readonly InCompany<Site>[],
  siteIds: SiteIds,
): Promise<void> {
  const sites = changes
    .filter(({ before, after }) => !sameRecord(before?.pickupGroups ?? [], after?.pickupGroups ?? []))
    .map(({ company, before, after }) => ({
      id: known(siteIds, siteKey(company, (after ?? before)?.name ?? '')),
      groups: after?.pickupGroups ?? [],
    }))
  const existing = await gather(
    sites.map((site) => site.id),
    (ids) => db.selectFrom('pickup_group').selectAll().where('site_id', 'in', ids).execute(),
  )
  const existingIds = existing.map((group) => group.id)
  await inBatches(existingIds, (ids) => db.deleteFrom('pickup_member').where('group_id', 'in', ids).execute())

  const groupIds = new Map(existing.map((group) => [groupKey(group.site_id, group.name), group.id]))
  const wanted = sites.flatMap(({ id, groups }) => groups.map((group) => ({ ...group, siteId: id })))
  const kept = new Set(wanted.map((group) => groupIds.get(groupKey(group.siteId, group.name))))
  const gone = existingIds.filter((id) => !kept.has(id))
  await inBatches(gone, (ids) => db.deleteFrom('pickup_group').where('id', 'in', ids).execute())

  const added = wanted.filter((group) => !groupIds.has(groupKey(group.siteId, group.name)))
  const first = await takeIds(db, 'pickup_group', added.length)
  const rows = added.map((group, i) => ({ id: first + i, site_id: group.siteId, name: group.name }))
  for (const row of rows) groupIds.set(groupKey(row.site_id, row.name), row.id)
  await insertRows(db, 'pickup_group', rows)

  const lineIds = await idsOfNumbers(
    db,
    wanted.flatMap((group) => group.members),
  )
  const members = wanted.flatMap((group) => {
    const group_id = known(groupIds, groupKey(group.siteId, group.name))
    return group.members.map((number, position) => ({ group_id, position, line_id: known(lineIds, number) }))
  })
  await insertRows(db, 'pickup_member', members)
}

function groupKey(siteId: number, name: string): string {
  return `${siteId} ${name}`
}
