import type { PickupGroup } from '../domain/intent.ts'
import { groupBy } from './batches.ts'
import type { Queries } from './tables.ts'

/** The pickup group that a line is in, with all its members; `undefined`: in none. */
export async function findPickupGroup(db: Queries, number: string): Promise<PickupGroup | undefined> {
  const group = await db
    .selectFrom('pickup_group')
    .innerJoin('pickup_member', 'pickup_member.group_id', 'pickup_group.id')
    .innerJoin('line', 'line.id', 'pickup_member.line_id')
    .select(['pickup_group.id', 'pickup_group.name'])
    .where('line.number', '=', number)
    .executeTakeFirst()
  if (!group) return undefined
  const members = await db
    .selectFrom('pickup_member')
    .innerJoin('line', 'line.id', 'pickup_member.line_id')
    .select('line.number')
    .where('group_id', '=', group.id)
    .orderBy('position')
    .execute()
  return { name: group.name, members: members.map((member) => member.number) }
}

/** A pickup group and the site it is of. */
export interface SiteGroup {
  readonly site: string
  readonly group: PickupGroup
}

/** All pickup groups of a company in the order they came to be; nothing else of the company is read. */
export async function findPickupGroups(db: Queries, company: string): Promise<readonly SiteGroup[]> {
  const rows = await db
    .selectFrom('pickup_group')
    .innerJoin('site', 'site.id', 'pickup_group.site_id')
    .innerJoin('company', 'company.id', 'site.company_id')
    .leftJoin('pickup_member', 'pickup_member.group_id', 'pickup_group.id')
    .leftJoin('line', 'line.id', 'pickup_member.line_id')
    .select(['pickup_group.id', 'pickup_group.name', 'site.name as site', 'line.number'])
    .where('company.name', '=', company)
    .orderBy('site.id')
    .orderBy('pickup_group.id')
    .orderBy('position')
    .execute()
  return [...groupBy(rows, ({ id }) => id).values()].flatMap((members) => {
    const [first] = members
    if (!first) return []
    const group = { name: first.name, members: members.flatMap(({ number }) => number ?? []) }
    return [{ site: first.site, group }]
  })
}
