import { randomUUID } from 'node:crypto'
import { inBatches } from './batches.ts'
import { takeIds } from './counters.ts'
import { insertRows } from './insert.ts'
import type { Queries } from './tables.ts'

/** Something that others are told. The body goes over the wire: it never holds a secret. */
export interface NewMessage {
  /** `accounts.changed` and the like. */
  readonly type: string
  /** Messages of one subject are sent in their order; those of others do not wait for them. */
  readonly subject: string
  readonly at: number
  readonly data: unknown
}

/** Writes messages inside the transaction of the change they tell of: there is never one without the other. */
export async function enqueueMessages(db: Queries, messages: readonly NewMessage[]): Promise<void> {
  const first = await takeIds(db, 'hook_message', messages.length)
  const rows = messages.map(({ type, subject, at, data }, i) => ({
    id: first + i,
    uid: randomUUID(),
    type,
    subject,
    at,
    data: JSON.stringify(data),
    attempts: 0,
    due_at: at,
  }))
  await inBatches(rows, (batch) => insertRows(db, 'hook_message', batch))
}
