import type { Queries } from './tables.ts'
import { runWithRows } from './values.ts'

export interface Revision {
  readonly mac: string
  readonly revision: string
  readonly at: number
  /** The device's, as it was read to be rendered. What comes of an older one is not what it should have any more. */
  readonly generation?: number
}

/** What devices should have, right after it was rendered; one that is known already keeps its time. */
export async function saveRevisions(db: Queries, revisions: readonly Revision[]): Promise<void> {
  const rows = revisions.map(({ mac, revision, at, generation }) => ({
    mac,
    revision,
    at,
    generation: generation ?? null,
  }))
  await runWithRows(
    db,
    'wanted',
    { mac: 'text', revision: 'text', at: 'bigint', generation: 'bigint' },
    rows,
    `update device set revision = wanted.revision, revision_at = wanted.at from wanted
      where device.mac = wanted.mac and (device.revision is null or device.revision <> wanted.revision)
        and (wanted.generation is null or device.generation = wanted.generation)`,
  )
}
