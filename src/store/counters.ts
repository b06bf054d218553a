import type { Queries } from './tables.ts'

type Counted =
  | 'company'
  | 'site'
  | 'pickup_group'
  | 'line'
  | 'key_layout'
  | 'change'
  | 'audit'
  | 'delivery'
  | 'device_history'
  | 'reboot'
  | 'reboot_event'
  | 'hook_message'
  | 'person'
  | 'token'
  | 'scope_place'
  | 'session'
  | 'sign_in_event'
  | 'import_job'

/**
 * A block of ids nobody else will get: the first of `count`. Ids only grow, so that sorting by them is
 * sorting by age, and they work alike in every database.
 */
export async function takeIds(db: Queries, name: Counted, count: number): Promise<number> {
  const { value } = await db
    .insertInto('counter')
    .values({ name, value: count })
    .onConflict((c) => c.column('name').doUpdateSet((e) => ({ value: e('counter.value', '+', count) })))
    .returning('value')
    .executeTakeFirstOrThrow()
  return value - count + 1
}
