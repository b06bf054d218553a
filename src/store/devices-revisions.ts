import { sql } from 'kysely'
import { builtOnce, runEach } from './statements.ts'
import type { Queries } from './tables.ts'

export interface Revision {
  readonly mac: string
  readonly revision: string
  readonly at: number
  /** The device's, as it was read to be rendered. What comes of an older one is not what it should have any more. */
  readonly generation?: number
}

const updateRevision = sql`update device set revision = ${''}, revision_at = ${0}
  where mac = ${''} and (revision is null or revision <> ${''}) and generation = coalesce(${0}, generation)`

/** What devices should have, right after it was rendered; one that is known already keeps its time. */
export async function saveRevisions(db: Queries, revisions: readonly Revision[]): Promise<void> {
  const text = builtOnce(db, 'wanted', () => updateRevision.compile(db).sql)
  const values = ({ mac, revision, at, generation }: Revision) => [
    revision,
    at,
    mac,
    revision,
    generation ?? null,
  ]
  await runEach(db, text, revisions.map(values))
}
