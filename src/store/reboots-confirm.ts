import { gather, inBatches } from './batches.ts'
import { writeEvents } from './reboots-events.ts'
import type { Queries } from './tables.ts'

export interface Confirmed {
  readonly mac: string
  readonly what: 'in-sync' | 'unchanged'
}

/** Devices that came after they were told, and devices that have all they should have; only reads. */
export async function findNews(db: Queries, macs?: readonly string[]): Promise<News> {
  const seen = db
    .selectFrom('reboot')
    .innerJoin('device', 'device.mac', 'reboot.mac')
    .select(['reboot.id', 'reboot.mac', 'device.last_seen_at as at'])
    .where('reboot.seen_at', 'is', null)
    .whereRef('device.last_seen_at', '>', 'reboot.sent_at')
  const done = db
    .selectFrom('reboot')
    .innerJoin('device', 'device.mac', 'reboot.mac')
    .select([
      'reboot.id',
      'reboot.mac',
      'reboot.queued_at',
      'reboot.sent_at',
      'device.revision',
      'device.delivered_at',
    ])
    .whereRef('device.revision', '=', 'device.delivered_revision')
    .where((e) =>
      e.or([e('reboot.cause', '=', 'change'), e('device.delivered_at', '>', e.ref('reboot.sent_at'))]),
    )
  if (macs === undefined) return { seen: await seen.execute(), done: await done.execute() }
  return {
    seen: await gather(macs, (batch) => seen.where('reboot.mac', 'in', batch).execute()),
    done: await gather(macs, (batch) => done.where('reboot.mac', 'in', batch).execute()),
  }
}

export interface News {
  readonly seen: readonly { readonly id: number; readonly mac: string; readonly at: number | null }[]
  readonly done: readonly DoneJob[]
}

interface DoneJob {
  readonly id: number
  readonly mac: string
  readonly queued_at: number
  readonly sent_at: number | null
  readonly revision: string | null
  readonly delivered_at: number | null
}

/** Writes the news down and ends what is done. A job whose device is wanted to have something else by now goes on. */
export async function takeNews(
  db: Queries,
  { seen, done }: News,
  now: number,
): Promise<readonly Confirmed[]> {
  const came = new Set<number>()
  await inBatches(seen, async (batch) => {
    const ids = batch.map((row) => row.id)
    const rows = await db
      .updateTable('reboot')
      .set({ seen_at: now })
      .where('id', 'in', ids)
      .where('seen_at', 'is', null)
      .returning('id')
      .execute()
    for (const row of rows) came.add(row.id)
  })
  await writeEvents(
    db,
    seen.flatMap(({ id, mac, at }) => (came.has(id) ? [{ mac, at: at ?? now, what: 'seen' as const }] : [])),
  )
  const ended = new Set<number>()
  await inBatches(done, async (batch) => {
    const rows = await db
      .deleteFrom('reboot')
      .where(
        'id',
        'in',
        batch.map((row) => row.id),
      )
      .where((e) =>
        e.exists(
          e
            .selectFrom('device')
            .select('device.mac')
            .whereRef('device.mac', '=', 'reboot.mac')
            .whereRef('device.revision', '=', 'device.delivered_revision'),
        ),
      )
      .returning('id')
      .execute()
    for (const row of rows) ended.add(row.id)
  })
  const confirmed = done.filter((job) => ended.has(job.id)).map((job) => ({ job, what: howDone(job) }))
  await writeEvents(
    db,
    confirmed.map(({ job: { mac, delivered_at, revision }, what }) => ({
      mac,
      at: what === 'in-sync' ? (delivered_at ?? now) : now,
      what,
      ...(revision === null ? {} : { detail: `revision ${revision}` }),
    })),
  )
  return confirmed.map(({ job, what }) => ({ mac: job.mac, what }))
}

/** A device may come by itself before it was told: it has taken something new all the same. */
function howDone({ sent_at, delivered_at, queued_at }: DoneJob): Confirmed['what'] {
  const came = delivered_at !== null && delivered_at >= queued_at
  return sent_at === null && !came ? 'unchanged' : 'in-sync'
}
