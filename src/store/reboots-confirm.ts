import { gather } from './batches.ts'
import { writeEvents } from './reboots-events.ts'
import { given } from './rows.ts'
import type { Queries } from './tables.ts'

export interface Confirmed {
  readonly mac: string
  readonly what: 'in-sync' | 'unchanged'
}

interface News {
  readonly id: number
  readonly mac: string
  readonly queuedAt: number
  readonly told: boolean
  /** When it was seen first after it was told, where that is not written down yet. */
  readonly cameAt?: number
  /** It has everything. */
  readonly done?: { readonly revision: string; readonly deliveredAt?: number }
}

/** Devices that came after they were told, and devices that have all they should have; only reads. */
export async function findNews(db: Queries, macs?: readonly string[]): Promise<readonly News[]> {
  const found = db
    .selectFrom('reboot')
    .innerJoin('device', 'device.mac', 'reboot.mac')
    .select([
      'reboot.id',
      'reboot.mac',
      'reboot.cause',
      'reboot.queued_at',
      'reboot.sent_at',
      'reboot.seen_at',
      'device.revision',
      'device.delivered_revision',
      'device.delivered_at',
      'device.last_seen_at',
    ])
    .where((e) =>
      e.or([
        e.and([e('reboot.seen_at', 'is', null), e('device.last_seen_at', '>', e.ref('reboot.sent_at'))]),
        e.and([
          e('device.revision', '=', e.ref('device.delivered_revision')),
          e.or([e('reboot.cause', '=', 'change'), e('device.delivered_at', '>', e.ref('reboot.sent_at'))]),
        ]),
      ]),
    )
  const rows = await (macs === undefined
    ? found.execute()
    : gather(macs, (batch) => found.where('reboot.mac', 'in', batch).execute()))
  return rows.map((row): News => {
    const { id, mac, cause, sent_at: sent, revision, delivered_at: delivered, last_seen_at: seen } = row
    const came = row.seen_at === null && sent !== null && seen !== null && seen > sent
    const obeyed = cause === 'change' || (sent !== null && delivered !== null && delivered > sent)
    const done = revision !== null && revision === row.delivered_revision && obeyed
    return {
      id,
      mac,
      queuedAt: row.queued_at,
      told: sent !== null,
      ...(came ? { cameAt: seen } : {}),
      ...(done ? { done: { revision, ...given('deliveredAt', delivered) } } : {}),
    }
  })
}

/** Writes the news down and ends what is done. A job whose device is wanted to have something else by now goes on. */
export async function takeNews(
  db: Queries,
  news: readonly News[],
  now: number,
): Promise<readonly Confirmed[]> {
  const came = await markSeen(db, news, now)
  const ended = await endDone(db, news)
  const confirmed = news.flatMap(({ id, mac, done, ...job }) => {
    return done && ended.has(id) ? [{ mac, done, what: howDone(job, done.deliveredAt) }] : []
  })
  await writeEvents(db, [
    ...news.flatMap(({ id, mac, cameAt }) =>
      cameAt !== undefined && came.has(id) ? [{ mac, at: cameAt, what: 'seen' as const }] : [],
    ),
    ...confirmed.map(({ mac, done, what }) => ({
      mac,
      at: what === 'in-sync' ? (done.deliveredAt ?? now) : now,
      what,
      detail: `revision ${done.revision}`,
    })),
  ])
  return confirmed.map(({ mac, what }) => ({ mac, what }))
}

async function markSeen(db: Queries, news: readonly News[], now: number): Promise<ReadonlySet<number>> {
  const ids = news.flatMap(({ id, cameAt }) => (cameAt === undefined ? [] : [id]))
  const rows = await gather(ids, (batch) =>
    db
      .updateTable('reboot')
      .set({ seen_at: now })
      .where('id', 'in', batch)
      .where('seen_at', 'is', null)
      .returning('id')
      .execute(),
  )
  return new Set(rows.map((row) => row.id))
}

async function endDone(db: Queries, news: readonly News[]): Promise<ReadonlySet<number>> {
  const ids = news.flatMap(({ id, done }) => (done ? [id] : []))
  const rows = await gather(ids, (batch) =>
    db
      .deleteFrom('reboot')
      .where('id', 'in', batch)
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
      .execute(),
  )
  return new Set(rows.map((row) => row.id))
}

/** A device may come by itself before it was told: it has taken something new all the same. */
function howDone({ told, queuedAt }: Pick<News, 'told' | 'queuedAt'>, deliveredAt: number | undefined) {
  const came = deliveredAt !== undefined && deliveredAt >= queuedAt
  return !told && !came ? ('unchanged' as const) : ('in-sync' as const)
}
