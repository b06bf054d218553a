import { liesWithin } from './extent.ts'
import type { JobState, JobsQuery, RebootJob } from './reboots.ts'
import { jobOfRow } from './reboots-rows.ts'
import type { Queries } from './tables.ts'

/** In the order they were queued. */
export async function findJobs(db: Queries, query: JobsQuery): Promise<readonly RebootJob[]> {
  const { company, site, model, mac, state, within, limit, after = 0 } = query
  let jobs = db.selectFrom('reboot').selectAll().where('id', '>', after).orderBy('id').limit(limit)
  if (mac !== undefined) jobs = jobs.where('mac', '=', mac)
  if (company !== undefined) jobs = jobs.where('company', '=', company)
  if (site !== undefined) jobs = jobs.where('site', '=', site)
  if (model !== undefined) jobs = jobs.where('model', '=', model)
  if (state !== undefined) jobs = jobs.where('state', '=', state)
  if (within !== undefined) jobs = jobs.where(liesWithin('reboot', within))
  return (await jobs.execute()).map(jobOfRow)
}

export async function countJobs(db: Queries): Promise<Readonly<Record<JobState, number>>> {
  const rows = await db
    .selectFrom('reboot')
    .select(['state', (e) => e.fn.countAll<number>().as('count')])
    .groupBy('state')
    .execute()
  const none: Record<JobState, number> = { waiting: 0, sending: 0, told: 0, 'given-up': 0 }
  return { ...none, ...Object.fromEntries(rows.map(({ state, count }) => [state, Number(count)])) }
}
