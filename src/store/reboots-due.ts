import type { Expression, ExpressionBuilder, SqlBool } from 'kysely'
import { enqueueMessages } from './hooks-messages.ts'
import type { Outcome, RebootJob } from './reboots.ts'
import { writeEvents } from './reboots-events.ts'
import { jobOfRow } from './reboots-rows.ts'
import type { Queries, Tables } from './tables.ts'
import type { RebootRow } from './tables-reboots.ts'

/** See `Reboots.due`. A few jobs are looked at in each place, however many wait there. */
export async function dueJobs(
  db: Queries,
  now: number,
  limit: number,
  perPlace: number,
): Promise<readonly RebootJob[]> {
  const turns: { readonly turn: number; readonly job: RebootRow }[] = []
  for (const { place } of await duePlaces(db, now, limit)) {
    const jobs = await db
      .selectFrom('reboot')
      .innerJoin('device', 'device.mac', 'reboot.mac')
      .selectAll('reboot')
      .where('reboot.place', '=', place)
      .where('reboot.next_at', '<=', now)
      .where(isWanted)
      .orderBy('reboot.cause', 'desc')
      .orderBy('reboot.quiet')
      .orderBy('reboot.next_at')
      .orderBy('reboot.id')
      .limit(Math.min(perPlace, limit))
      .execute()
    for (const [turn, job] of jobs.entries()) turns.push({ turn, job })
  }
  return turns
    .sort((a, b) => a.turn - b.turn || inHaste(a.job, b.job))
    .slice(0, limit)
    .map(({ job }) => jobOfRow(job))
}

/** Where something is due: more places than jobs are wanted are not asked. */
function duePlaces(db: Queries, now: number, limit: number) {
  return db
    .selectFrom('reboot')
    .select('place')
    .where('next_at', '<=', now)
    .groupBy('place')
    .orderBy((e) => e.fn.max('cause'), 'desc')
    .orderBy((e) => e.fn.min('quiet'))
    .orderBy((e) => e.fn.min('next_at'))
    .orderBy((e) => e.fn.min('id'))
    .limit(limit)
    .execute()
}

/** As the places sort them: an order before a change, what can wait last, then what is due longest. */
function inHaste(a: RebootRow, b: RebootRow): number {
  return (
    Number(b.cause === 'order') - Number(a.cause === 'order') ||
    a.quiet - b.quiet ||
    (a.next_at ?? 0) - (b.next_at ?? 0) ||
    a.id - b.id
  )
}

/**
 * An order restarts a device whatever it has. A change waits until its files are rendered, for the device would fetch
 * the old ones, and is nothing to tell once the device has them.
 */
function isWanted(
  e: ExpressionBuilder<Pick<Tables, 'reboot' | 'device'>, 'reboot' | 'device'>,
): Expression<SqlBool> {
  return e.or([
    e('reboot.cause', '=', 'order'),
    e.and([
      e('device.revision', 'is not', null),
      e.or([
        e('device.delivered_revision', 'is', null),
        e('device.delivered_revision', '<>', e.ref('device.revision')),
      ]),
    ]),
  ])
}

export async function nextDue(db: Queries, now: number): Promise<number | undefined> {
  const row = await db
    .selectFrom('reboot')
    .select('next_at')
    .where('next_at', '>', now)
    .orderBy('next_at')
    .limit(1)
    .executeTakeFirst()
  return row?.next_at ?? undefined
}

/** See `Reboots.claim`: while somebody has a job in hand it is not due before the lease ends. */
export async function claimJob(
  db: Queries,
  id: number,
  node: string,
  until: number,
  now: number,
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('reboot')
    .set({ state: 'sending', node, claimed_at: now, next_at: until })
    .where('id', '=', id)
    .where('next_at', '<=', now)
    .where((e) =>
      e.exists(
        e
          .selectFrom('device')
          .select('device.mac')
          .whereRef('device.mac', '=', 'reboot.mac')
          .where((inner) =>
            inner.or([inner('reboot.cause', '=', 'order'), inner('device.revision', 'is not', null)]),
          ),
      ),
    )
    .executeTakeFirst()
  return numUpdatedRows > 0
}

export async function postponeJob(db: Queries, id: number, dueAt: number, now: number): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('reboot')
    .set({ state: 'waiting', node: null, due_at: dueAt, next_at: dueAt })
    .where('id', '=', id)
    .where('next_at', '<=', now)
    .executeTakeFirst()
  return numUpdatedRows > 0
}

/** What was done is written down even where the job has moved on: the device was told, and its place's rate knows. */
export async function settleJob(
  db: Queries,
  id: number,
  node: string,
  outcome: Outcome,
  tells: boolean,
): Promise<boolean> {
  const found = await db
    .selectFrom('reboot')
    .select(['mac', 'place', 'model', 'company'])
    .where('id', '=', id)
    .executeTakeFirst()
  if (!found) return false
  const { model, company, ...job } = found
  const { state, told, dueAt, attempts, result, detail, at } = outcome
  const { numUpdatedRows } = await db
    .updateTable('reboot')
    .set((e) => ({
      state,
      due_at: dueAt,
      next_at: state === 'given-up' ? null : dueAt,
      attempts,
      node: null,
      ...(told ? { sent_at: e.ref('claimed_at'), seen_at: null } : {}),
      told_at: state === 'told' ? at : e.ref('told_at'),
      last_result: result,
      last_detail: detail,
    }))
    .where('id', '=', id)
    .where('state', '=', 'sending')
    .where('node', '=', node)
    .executeTakeFirst()
  const settled = numUpdatedRows > 0
  await writeEvents(db, [
    ...(told ? [{ ...job, at, what: 'told' as const, detail }] : []),
    ...(settled && !told && state !== 'given-up'
      ? [{ mac: job.mac, at, what: 'unreached' as const, detail }]
      : []),
    ...(settled && state === 'given-up' ? [{ mac: job.mac, at, what: 'given-up' as const, detail }] : []),
  ])
  if (tells && settled && state === 'given-up') {
    const data = { mac: job.mac, model, company, attempts, result, detail }
    await enqueueMessages(db, [{ type: 'reboot.given-up', subject: `device:${job.mac}`, at, data }])
  }
  return settled
}

/** Tells since then, and those that somebody has in hand. */
export async function sentSince(
  db: Queries,
  at: number,
): Promise<readonly { readonly place: string; readonly at: number }[]> {
  const told = await db
    .selectFrom('reboot_event')
    .select(['place', 'at'])
    .where('what', '=', 'told')
    .where('at', '>=', at)
    .orderBy('at')
    .orderBy('id')
    .execute()
  const inHand = await db
    .selectFrom('reboot')
    .select(['place', 'claimed_at as at'])
    .where('state', '=', 'sending')
    .where('claimed_at', '>=', at)
    .orderBy('id')
    .execute()
  return [...told, ...inHand].map((row) => ({ place: row.place ?? '', at: row.at ?? at }))
}
