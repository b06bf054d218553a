import { gather } from './batches.ts'
import type { DeliveryRecord } from './delivery.ts'
import type { Queries } from './tables.ts'

/**
 * A device may take one file here and the next at another server, of which each knows its own only: with what all of
 * them wrote down, some records complete what they do not complete alone. To be called once they are written.
 */
export async function withElsewhere(
  db: Queries,
  batch: readonly DeliveryRecord[],
): Promise<readonly DeliveryRecord[]> {
  const partial = batch.flatMap(({ mac, revision, lacks }) =>
    mac === undefined || revision === undefined || lacks === undefined ? [] : [{ mac, revision }],
  )
  if (partial.length === 0) return batch
  const rows = await gather(partial, (some) =>
    db
      .selectFrom('delivery')
      .select(['mac', 'name', 'revision'])
      .distinct()
      .where(
        'mac',
        'in',
        some.map(({ mac }) => mac),
      )
      .where(
        'revision',
        'in',
        some.map(({ revision }) => revision),
      )
      .where('complete', '=', 1)
      .execute(),
  )
  const given = new Set(rows.map(({ mac, revision, name }) => placeOf(mac, revision, name)))
  return batch.map((record) => {
    const { mac, revision, lacks } = record
    if (mac === undefined || revision === undefined || lacks === undefined) return record
    return lacks.every((name) => given.has(placeOf(mac, revision, name)))
      ? { ...record, completes: revision }
      : record
  })
}

/** Devices write the names of their files in capitals or not. */
function placeOf(mac: string | null, revision: string | null, name: string): string {
  return `${mac} ${revision} ${name.toLowerCase()}`
}
