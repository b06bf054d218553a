import type { PickupGroup, Site } from '../domain/intent.ts'
import { chosen, defined, type Kept } from './kept.ts'
import { mergeByKey } from './merge-by-key.ts'
import type { SiteEntry } from './schema.ts'

/** A site with its pickup groups. */
export function mergeSite(stored: Site | undefined, entry: SiteEntry, kept: Kept): Site {
  const groups = mergeByKey(
    stored?.pickupGroups ?? [],
    entry.pickupGroups?.map((group) => ({ entry: group, path: '' })),
    kept,
    (group) => group.name,
    (old, group): PickupGroup => ({
      name: group.name,
      members: chosen(group.members, old?.members, kept) ?? [],
    }),
  )
  return {
    name: entry.name,
    ...defined({
      address: chosen(entry.address, stored?.address, kept),
      timezone: chosen(entry.timezone, stored?.timezone, kept),
    }),
    pickupGroups: groups.map(({ value }) => value),
  }
}
