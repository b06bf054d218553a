import type { PickupGroup } from '../domain/intent.ts'
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
