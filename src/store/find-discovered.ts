import { sql } from 'kysely'
import type { Extent } from '../domain/extent.ts'
import { type DiscoveredDevice, discoveredOfRow } from './devices-discovered.ts'
import { liesWithin } from './extent.ts'
import type { Queries } from './tables.ts'

export interface FindDiscovered {
  readonly within: Extent
  readonly mac?: string
  /** The last MAC of the page before. */
  readonly after?: string
  readonly limit: number
}

/**
 * Devices that asked and that nobody has linked, in the order of their addresses. They belong to no company: who does
 * not see the whole fleet sees those that asked from where devices within his reach were seen last, and no others.
 */
export async function findDiscovered(
  db: Queries,
  { within, mac, after = '', limit }: FindDiscovered,
): Promise<readonly DiscoveredDevice[]> {
  let found = db.selectFrom('discovered').selectAll().where('mac', '>', after).orderBy('mac').limit(limit)
  if (mac !== undefined) found = found.where('mac', '=', mac)
  if (Object.keys(within).length > 0) {
    const theirs = liesWithin('device', within)
    found = found
      .where(
        'source',
        'in',
        db
          .selectFrom('device')
          .select('last_source')
          .where('state', '=', 'linked')
          .where('last_source', 'is not', null)
          .where(theirs),
      )
      // An address that others share, such as a carrier's, says nothing of whose a device is.
      .where(
        'source',
        'not in',
        db
          .selectFrom('device')
          .select('last_source')
          .where('last_source', 'is not', null)
          .where(sql<boolean>`not (${theirs})`),
      )
  }
  return (await found.execute()).map(discoveredOfRow)
}
