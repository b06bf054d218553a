import { type DeviceFacts, hasItsFiles, isTurnedAway } from './standing.ts'
import { silence } from './starts.ts'

/** What somebody has to look into: such a device does not come right by itself. */
export type Alarm =
  | 'never-seen' // its window is over and it has had no file
  | 'turned-away' // it was refused, and has had no file since
  | 'old-files' // it started twice since its files changed, and still has not taken them
  | 'reboot-loop' // it starts again and again, and nothing was changed for it

export const alarmLimits = {
  /** More starts than these within that time, without a change, are a loop. */
  starts: 6,
  startsWithin: 3_600_000,
  /** After so many starts since its files changed a device should have taken them. */
  startsForFiles: 2,
} as const

/** The alarms of a device; one that was unlinked and stays away is nobody's trouble. */
export function alarms(facts: DeviceFacts, now: number): readonly Alarm[] {
  if (facts.state === 'neutral') return []
  return [
    ...(isMissed(facts, now) ? ['never-seen' as const] : []),
    ...(isTurnedAway(facts, now) ? ['turned-away' as const] : []),
    ...(keepsOldFiles(facts, now) ? ['old-files' as const] : []),
    ...(isInLoop(facts, now) ? ['reboot-loop' as const] : []),
  ]
}

/** Nobody misses a device as long as its window waits for it, whether its company needs windows or not. */
function isMissed({ lastSeenAt, window }: DeviceFacts, now: number): boolean {
  return lastSeenAt === undefined && (window === undefined || now >= window.expiresAt)
}

/** A start may take its files until it falls silent, so the one that is under way does not count. */
function keepsOldFiles(facts: DeviceFacts, now: number): boolean {
  const { revision, revisionAt = 0, lastSeenAt = 0 } = facts
  if (revision === undefined || hasItsFiles(facts)) return false
  const starts = facts.starts.filter((at) => at > revisionAt).length
  const isUnderWay = now - lastSeenAt < silence
  return starts - (isUnderWay ? 1 : 0) >= alarmLimits.startsForFiles
}

function isInLoop({ starts, revisionAt = 0 }: DeviceFacts, now: number): boolean {
  const since = Math.max(now - alarmLimits.startsWithin, revisionAt)
  return starts.filter((at) => at > since).length > alarmLimits.starts
}
