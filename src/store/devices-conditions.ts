import type { Expression, ExpressionBuilder, SqlBool } from 'kysely'
import { alarmLimits } from '../domain/alarms.ts'
import type { DeviceFacts, Refusals, Standing } from '../domain/standing.ts'
import { gather } from './batches.ts'
import type { StatesQuery } from './devices-find.ts'
import { type DeviceStatus, statusOfRow } from './devices-rows.ts'
import { startsOf } from './devices-visits.ts'
import type { Queries, Tables } from './tables.ts'

/** A device with all that its standing and its alarms are judged by. */
export type DeviceCondition = DeviceStatus & DeviceFacts

export async function conditionPage(
  db: Queries,
  { company, limit, after = '' }: StatesQuery,
): Promise<readonly DeviceCondition[]> {
  const page = conditions(db).where('device.mac', '>', after).orderBy('device.mac').limit(limit)
  const rows = await (company === undefined ? page : page.where('device.company', '=', company)).execute()
  return rows.map(conditionOfRow)
}

/** In the order of the addresses; those that are not known are left out. */
export async function conditionsOf(
  db: Queries,
  macs: readonly string[],
): Promise<readonly DeviceCondition[]> {
  const rows = await gather([...new Set(macs)].sort(), (batch) =>
    conditions(db).where('device.mac', 'in', batch).orderBy('device.mac').execute(),
  )
  return rows.map(conditionOfRow)
}

/** Devices that may have an alarm, a page of them: those that certainly have none are not read, however many. */
export async function suspectPage(
  db: Queries,
  { company, limit, after = '', now }: StatesQuery & { readonly now: number },
): Promise<readonly DeviceCondition[]> {
  const page = conditions(db)
    .where('device.mac', '>', after)
    .where('device.state', '=', 'linked')
    .where((e) => mayHave(e, 'alarm', now))
    .orderBy('device.mac')
    .limit(limit)
  const rows = await (company === undefined ? page : page.where('device.company', '=', company)).execute()
  return rows.map(conditionOfRow)
}

/** Leaves out what certainly stands otherwise, or certainly has no alarm; the rules of the domain say the rest. */
export function mayHave(e: Joined, what: Standing | 'alarm', now: number): Expression<SqlBool> {
  switch (what) {
    case 'alarm':
      return e.or([isMissed(e, now), e('refusals', '>', 0), isBusy(e, now), isBehind(e)])
    case 'unlinked':
      return e('state', '=', 'neutral')
    case 'turned-away':
      return e('refusals', '>', 0)
    case 'awaited':
      return e('window_expires_at', '>', now)
    case 'never-seen':
      return e('last_seen_at', 'is', null)
    case 'in-sync':
      return e('revision', '=', e.ref('delivered_revision'))
    case 'behind':
      return e.and([
        e('last_seen_at', 'is not', null),
        e.or([
          e('revision', 'is', null),
          e('delivered_revision', 'is', null),
          e('delivered_revision', '<>', e.ref('revision')),
        ]),
      ])
  }
}

export type Joined = ExpressionBuilder<
  Pick<Tables, 'device'> & {
    device_visits: { [K in keyof Tables['device_visits']]: Tables['device_visits'][K] | null }
  },
  'device' | 'device_visits'
>

function isMissed(e: Joined, now: number) {
  return e.and([
    e('last_seen_at', 'is', null),
    e.or([e('window_expires_at', 'is', null), e('window_expires_at', '<=', now)]),
  ])
}

function isBusy(e: Joined, now: number) {
  return e('starts_since', '>', now - alarmLimits.startsWithin)
}

/** It was here since its files changed, and has not taken them. */
function isBehind(e: Joined) {
  return e.and([
    e('last_seen_at', '>', e.ref('revision_at')),
    e.or([e('delivered_revision', 'is', null), e('delivered_revision', '<>', e.ref('revision'))]),
  ])
}

export function conditions(db: Queries) {
  return db
    .selectFrom('device')
    .leftJoin('device_visits', 'device_visits.mac', 'device.mac')
    .selectAll('device')
    .select(['starts', 'refusals', 'refused_at', 'refused_why'])
}

type ConditionRow = Awaited<ReturnType<ReturnType<typeof conditions>['execute']>>[number]

export function conditionOfRow(row: ConditionRow): DeviceCondition {
  const refusals = refusalsOf(row)
  return { ...statusOfRow(row), starts: startsOf(row.starts), ...(refusals ? { refusals } : {}) }
}

function refusalsOf({ refusals, refused_at, refused_why }: ConditionRow): Refusals | undefined {
  if (refusals === null || refusals === 0 || refused_at === null) return undefined
  return { count: refusals, at: refused_at, why: refused_why ?? '' }
}
