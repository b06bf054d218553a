import type { Access } from './devices.ts'
import type { NewMessage } from './hooks-messages.ts'
import type { Queries } from './tables.ts'

export interface HookMessage extends NewMessage {
  readonly id: number
  /** Stays the same however often the message is sent. */
  readonly uid: string
  /** Times it was sent without being taken. */
  readonly attempts: number
}

/** Messages that wait to be sent. Every write is durable once it returns. */
export interface Hooks {
  /** The oldest message of each subject, where it is due. Until then nobody else is given these. */
  take(now: number, limit: number, until: number): Promise<readonly HookMessage[]>
  /** It was neither taken nor refused: it is due again as it was. */
  giveBack(id: number, dueAt: number): Promise<void>
  postpone(id: number, dueAt: number): Promise<void>
  /** It was taken, or is given up. */
  remove(id: number): Promise<void>
  count(): Promise<number>
}

export function hooksOver(read: Access, write: Access): Hooks {
  return {
    async take(now, limit, until) {
      // Nearly always nothing is due: then nobody has to wait for his turn to write.
      if ((await read((db) => dueMessages(db, now, limit))).length === 0) return []
      return write((db) => takeMessages(db, now, limit, until))
    },
    async giveBack(id, dueAt) {
      await write((db) => putOff(db, [id], dueAt))
    },
    async postpone(id, dueAt) {
      await write((db) =>
        db
          .updateTable('hook_message')
          .set((e) => ({ due_at: dueAt, attempts: e('attempts', '+', 1) }))
          .where('id', '=', id)
          .execute(),
      )
    },
    async remove(id) {
      await write((db) => db.deleteFrom('hook_message').where('id', '=', id).execute())
    },
    count: () =>
      read(async (db) => {
        const { count } = await db
          .selectFrom('hook_message')
          .select((e) => e.fn.countAll<number>().as('count'))
          .executeTakeFirstOrThrow()
        return Number(count)
      }),
  }
}

async function takeMessages(
  db: Queries,
  now: number,
  limit: number,
  until: number,
): Promise<readonly HookMessage[]> {
  const due = await dueMessages(db, now, limit)
  await putOff(
    db,
    due.map(({ id }) => id),
    until,
  )
  return due
}

async function putOff(db: Queries, ids: readonly number[], dueAt: number): Promise<void> {
  await db.updateTable('hook_message').set({ due_at: dueAt }).where('id', 'in', ids).execute()
}

async function dueMessages(db: Queries, now: number, limit: number): Promise<readonly HookMessage[]> {
  const heads = db
    .selectFrom('hook_message')
    .select((e) => e.fn.min('id').as('id'))
    .groupBy('subject')
  const rows = await db
    .selectFrom('hook_message')
    .selectAll()
    .where('id', 'in', heads)
    .where('due_at', '<=', now)
    .orderBy('id')
    .limit(limit)
    .execute()
  return rows.map(({ id, uid, type, subject, at, data, attempts }) => {
    return { id, uid, type, subject, at, data: JSON.parse(data), attempts }
  })
}
