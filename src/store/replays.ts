import { keptReply, type Sealer } from './seal.ts'
import type { Queries } from './tables.ts'

/** Requests that make something, by the key their sender gave them, and what they were answered. */
export interface ReplayStore {
  /** `new`: nobody has used this key, or whoever did was cut off before he could answer. */
  begin(begun: BegunReplay): Promise<'new' | KeptReplay>
  finish(finished: { readonly scope: string; readonly key: string; readonly reply: string }): Promise<void>
  drop(failed: { readonly scope: string; readonly key: string }): Promise<void>
}

export interface BegunReplay {
  /** Whose key it is: two callers may use the same one. */
  readonly scope: string
  readonly key: string
  /** A digest of what was asked. */
  readonly meant: string
  readonly at: number
  readonly forgetBefore: number
}

export interface KeptReplay {
  readonly meant: string
  readonly reply?: string
}

/** Who was given no answer for so long was cut off: no operation takes half as long. */
const abandonedAfter = 120_000

export async function beginReplay(
  db: Queries,
  sealer: Sealer,
  { scope, key, meant, at, forgetBefore }: BegunReplay,
): Promise<'new' | KeptReplay> {
  await db.deleteFrom('replay').where('at', '<', forgetBefore).execute()
  await db
    .deleteFrom('replay')
    .where('scope', '=', scope)
    .where('key', '=', key)
    .where('reply', 'is', null)
    .where('at', '<', at - abandonedAfter)
    .execute()
  const inserted = await db
    .insertInto('replay')
    .values({ scope, key, meant, at, reply: null })
    .onConflict((c) => c.doNothing())
    .executeTakeFirst()
  if (inserted.numInsertedOrUpdatedRows) return 'new'
  const kept = await db
    .selectFrom('replay')
    .select(['meant', 'reply'])
    .where('scope', '=', scope)
    .where('key', '=', key)
    .executeTakeFirstOrThrow()
  return {
    meant: kept.meant,
    ...(kept.reply === null ? {} : { reply: sealer.open(kept.reply, keptReply(scope, key)) }),
  }
}

/** Sealed: what was made may be a token, which is shown to whoever made it and kept nowhere. */
export async function finishReplay(
  db: Queries,
  sealer: Sealer,
  { scope, key, reply }: { readonly scope: string; readonly key: string; readonly reply: string },
): Promise<void> {
  await db
    .updateTable('replay')
    .set({ reply: sealer.seal(reply, keptReply(scope, key)) })
    .where('scope', '=', scope)
    .where('key', '=', key)
    .execute()
}

export async function dropReplay(db: Queries, scope: string, key: string): Promise<void> {
  await db
    .deleteFrom('replay')
    .where('scope', '=', scope)
    .where('key', '=', key)
    .where('reply', 'is', null)
    .execute()
}
