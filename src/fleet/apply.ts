import { createHash } from 'node:crypto'
import type { FleetDiff, RecordChange } from '../domain/fleet-diff.ts'
import type { Line } from '../domain/intent.ts'
import type { ModelLookup } from '../domain/model.ts'
import type { FleetReader, Store } from '../store/store.ts'
import type { PasswordOrigin } from '../store/tables.ts'
import type { FleetEntries } from './entries.ts'
import { FleetFailure } from './failure.ts'
import { makeDeviceAccount, makePassword } from './passwords.ts'
import { type FleetPlan, type PlanOptions, planEntries } from './plan.ts'

export interface WriteOptions {
  readonly who: { readonly name: string; readonly source: string }
  /** What a person saw and agreed to; when the fleet has moved on since, nothing is done. */
  readonly agreed?: FleetPlan
  readonly onProgress?: (done: number, total: number) => void
}

export interface ApplyOptions extends PlanOptions, WriteOptions {}

/** Makes the fleet what a fleet file says. */
export function applyEntries(
  store: Store,
  entries: FleetEntries,
  models: ModelLookup,
  options: ApplyOptions,
): Promise<FleetPlan> {
  const { prune } = options
  return applyPlanned(store, (reader) => planEntries(reader, entries, models, { prune }), options)
}

/**
 * Plans inside the write, so that what is done is what the rules allowed at that very moment: all or nothing. Nothing
 * is done either when planning throws because the fleet is not what the change was meant for.
 */
export function applyPlanned<P extends FleetPlan>(
  store: Store,
  makePlan: (reader: FleetReader) => Promise<P>,
  { who, agreed, onProgress }: WriteOptions,
): Promise<P> {
  return store.write(who, async (writer) => {
    const plan = await makePlan(writer)
    if (agreed) refuseOtherPlan(agreed, plan)
    const { diff, passwordOrigin } = settlePasswords(plan)
    await writer.saveDiff(diff, plan.impacts, {
      summary: summarise(plan.diff),
      passwordOrigin,
      makeAccount: makeDeviceAccount,
      ...(onProgress ? { onProgress } : {}),
    })
    return plan
  })
}

/** One line for the history: `Toine Immo: 3 lines, 1 site`. */
function summarise(diff: FleetDiff): string {
  const count = (things: readonly unknown[], name: string) =>
    things.length === 0 ? [] : [`${things.length} ${name}${things.length === 1 ? '' : 's'}`]
  return diff
    .map(({ name, settings, sites, lines }) => {
      const parts = [...(settings ? ['settings'] : []), ...count(sites, 'site'), ...count(lines, 'line')]
      return `${name}: ${parts.join(', ')}`
    })
    .join('; ')
    .slice(0, 500)
}

/** A diff ready to be stored: every new password in it, and none that stays. */
export interface Settled {
  readonly diff: FleetDiff
  readonly passwordOrigin: (number: string) => PasswordOrigin
}

/** Makes the passwords that the server owes: for new lines without one, and for lines that lost a device. */
export function settlePasswords(plan: FleetPlan): Settled {
  const renewed = new Set(
    plan.renewals.filter((renewal) => renewal.password === 'renewed').map(({ number }) => number),
  )
  const made = new Set<string>()
  const settle = (change: RecordChange<Line>): RecordChange<Line> => {
    const { before, after } = change
    if (!after) return change
    const owed = after.sip?.password === undefined || renewed.has(after.number)
    if (owed) {
      made.add(after.number)
      return { ...change, after: { ...after, sip: { ...after.sip, password: makePassword() } } }
    }
    return before?.sip?.password === after.sip?.password
      ? { ...change, after: withoutPassword(after) }
      : change
  }
  return {
    diff: plan.diff.map((company) => ({ ...company, lines: company.lines.map(settle) })),
    passwordOrigin: (number) => (made.has(number) ? 'server' : 'operator'),
  }
}

function withoutPassword(line: Line): Line {
  const { sip, ...rest } = line
  return sip?.user === undefined ? rest : { ...rest, sip: { user: sip.user } }
}

/** Two plans are the same when they would do the same: what a person agreed to is what is done. */
export function refuseOtherPlan(agreed: FleetPlan, now: FleetPlan): void {
  if (fingerprint(agreed) === fingerprint(now)) return
  throw new FleetFailure(
    'fleet-moved',
    'the fleet changed since the plan was shown: nothing was done',
    'look at the new plan and apply again',
  )
}

function fingerprint(plan: FleetPlan): string {
  return createHash('sha256')
    .update(JSON.stringify([plan.diff, plan.impacts, plan.renewals]))
    .digest('base64')
}
