import { gather } from './batches.ts'
import { type Revision, saveRevisions } from './devices-revisions.ts'
import { placeOf } from './reboots-rows.ts'
import { quietStarts } from './reboots-save.ts'
import { liveTargets } from './reboots-targets.ts'
import { addJobs } from './reboots-write.ts'
import type { Sealer } from './seal.ts'
import type { Queries } from './tables.ts'

/** What, besides the fleet, makes the files of devices other ones. */
export type OtherFiles = 'templates' | 'firmware' | 'certificate'

export interface FilesChange {
  readonly what: readonly OtherFiles[]
  readonly at: number
}

/**
 * Saves what devices should have now that something besides the fleet has changed, and puts those into the queue for
 * their quiet hours that had all their files until now. The others have a job already, or wait for their next start.
 * What such a change does to a device is not known: it restarts, as after every change of that sort.
 */
export async function saveOtherFiles(
  db: Queries,
  sealer: Sealer,
  revisions: readonly Revision[],
  { what, at }: FilesChange,
): Promise<void> {
  const wanted = new Map(revisions.map(({ mac, revision }) => [mac, revision]))
  const inSync = await gather([...wanted.keys()], (batch) =>
    db
      .selectFrom('device')
      .select(['mac', 'model', 'company', 'site', 'last_source', 'revision'])
      .where('mac', 'in', batch)
      .where('state', '=', 'linked')
      .where('last_seen_at', 'is not', null)
      .whereRef('revision', '=', 'delivered_revision')
      .orderBy('mac')
      .execute(),
  )
  const changed = inSync.filter(({ mac, revision }) => wanted.get(mac) !== revision)
  await saveRevisions(db, revisions)
  const targets = await liveTargets(
    db,
    sealer,
    changed.map(({ mac }) => mac),
  )
  const quietFrom = quietStarts(at)
  await addJobs(
    db,
    changed.map(({ mac, model, company, site, last_source }) => ({
      mac,
      model,
      company,
      site,
      place: placeOf(company, site, last_source),
      cause: 'change',
      reasons: what.map((each) => `${each} changed`),
      restart: true,
      quiet: true,
      who: 'bootline',
      at,
      dueAt: quietFrom(targets.get(mac)),
      target: null,
    })),
  )
}
