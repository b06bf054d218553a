import type { DeviceAccess } from './intent.ts'
import type { Window } from './window.ts'

/** Where a device stands between what it should be and what it is. */
export type Standing = 'in-sync' | 'behind' | 'awaited' | 'never-seen' | 'turned-away' | 'unlinked'

/** What is known of a device, as far as it says how the device is. Times are milliseconds. */
export interface DeviceFacts {
  readonly state: 'linked' | 'neutral'
  readonly window?: Window
  /** Of the files it should have; absent between a change and the rendering of its files. */
  readonly revision?: string
  readonly revisionAt?: number
  readonly deliveredRevision?: string
  readonly deliveredAt?: number
  readonly lastSeenAt?: number
  /** Its refusals since it had a file last. */
  readonly refusals?: Refusals
  /** Its last starts, the latest last. */
  readonly starts: readonly number[]
}

export interface Refusals {
  readonly count: number
  /** The latest. */
  readonly at: number
  readonly why: string
}

/** A refusal counts no longer than its record is kept: after that nobody could read how it came about. */
export const refusalCounts = 30 * 24 * 3_600_000

/** Signing in begins with a refusal, which the next request makes good. */
export const signInTakes = 10_000

export function standing(facts: DeviceFacts, access: DeviceAccess | undefined, now: number): Standing {
  if (facts.state === 'neutral') return 'unlinked'
  if (isTurnedAway(facts, now)) return 'turned-away'
  if (access === 'first-contact' && isAwaited(facts, now)) return 'awaited'
  if (facts.lastSeenAt === undefined) return 'never-seen'
  return hasItsFiles(facts) ? 'in-sync' : 'behind'
}

/** What it took whole is what it should have. */
export function hasItsFiles({
  revision,
  deliveredRevision,
}: Pick<DeviceFacts, 'revision' | 'deliveredRevision'>): boolean {
  return revision !== undefined && revision === deliveredRevision
}

export function isTurnedAway({ refusals, lastSeenAt = 0 }: DeviceFacts, now: number): boolean {
  if (!refusals || refusals.at <= lastSeenAt || now - refusals.at >= refusalCounts) return false
  return refusals.why !== 'credentials-needed' || now - refusals.at >= signInTakes
}

/** Nobody has used its window yet. */
export function isAwaited({ window }: DeviceFacts, now: number): boolean {
  return window !== undefined && window.firstContactAt === undefined && now < window.expiresAt
}
