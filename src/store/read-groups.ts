import type { PickupGroup } from '../domain/intent.ts'
import { gather, groupBy } from './batches.ts'
import { known, type Names } from './read-lines.ts'
import type { Queries } from './tables.ts'

/** A member of a pickup group, or a group that has none. */
interface MemberRow {
  readonly id: number
  readonly site_id: number
  readonly name: string
  readonly line_id: number | null
  readonly position: number | null
}

/** The pickup groups of these sites with all their members, and those of these lines with these alone. */
export async function readGroupMembers(
  db: Queries,
  { sites, lines }: { readonly sites: readonly number[]; readonly lines: readonly number[] },
): Promise<readonly MemberRow[]> {
  const members = db
    .selectFrom('pickup_group')
    .leftJoin('pickup_member', 'pickup_member.group_id', 'pickup_group.id')
    .select(['pickup_group.id', 'pickup_group.site_id', 'pickup_group.name', 'line_id', 'position'])
  const whole = await gather(sites, (batch) => members.where('site_id', 'in', batch).execute())
  const some = await gather(lines, (batch) => members.where('line_id', 'in', batch).execute())
  const isWhole = new Set(sites)
  return [...whole, ...some.filter((row) => !isWhole.has(row.site_id))]
}

/** Groups in the order they came to be, their members in theirs. */
export function groupsOfMembers(
  members: readonly MemberRow[],
  { numbers }: Names,
): readonly { readonly siteId: number; readonly group: PickupGroup }[] {
  const inOrder = members.toSorted((a, b) => a.id - b.id || (a.position ?? 0) - (b.position ?? 0))
  return [...groupBy(inOrder, (member) => member.id).values()].flatMap((rows) => {
    const [first] = rows
    if (!first) return []
    const ids = rows.flatMap((row) => row.line_id ?? [])
    return [
      { siteId: first.site_id, group: { name: first.name, members: ids.map((id) => known(numbers, id)) } },
    ]
  })
}
