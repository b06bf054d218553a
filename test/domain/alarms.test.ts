import { describe, expect, test } from 'vitest'
import { alarms } from '../../src/domain/alarms.ts'
import { type DeviceFacts, standing } from '../../src/domain/standing.ts'
import { isStart, withStart } from '../../src/domain/starts.ts'
import { openWindow, windowTimes } from '../../src/domain/window.ts'

const minute = 60_000
const hour = 60 * minute
const now = 1_000 * hour

/** A device that took its files long ago and has been quiet since. */
function facts(parts: Partial<DeviceFacts> = {}): DeviceFacts {
  const then = now - 24 * hour
  return {
    state: 'linked',
    revision: 'r2',
    revisionAt: then,
    deliveredRevision: 'r2',
    deliveredAt: then,
    lastSeenAt: then,
    starts: [then],
    ...parts,
  }
}

const { lastSeenAt: _, ...notSeen } = facts({ starts: [] })
const refusals = (at: number, why = 'credentials-wrong') => ({ count: 3, at, why })
const every = (pause: number, count: number): readonly number[] =>
  Array.from({ length: count }, (_, i) => now - (count - i) * pause)

test('a device that has what it should have is in sync, and no alarm', () => {
  expect(standing(facts(), 'first-contact', now)).toBe('in-sync')
  expect(alarms(facts(), now)).toEqual([])
})

describe('a device that never came', () => {
  test('is missed once its window is over, whatever its company admits', () => {
    const window = openWindow(now)
    expect(alarms({ ...notSeen, window }, now + windowTimes.open - 1)).toEqual([])
    expect(alarms({ ...notSeen, window }, now + windowTimes.open)).toEqual(['never-seen'])
    expect(standing({ ...notSeen, window }, 'first-contact', now)).toBe('awaited')
    expect(standing({ ...notSeen, window }, 'open', now)).toBe('never-seen')
  })

  test('is not missed when it was unlinked', () => {
    expect(alarms({ ...notSeen, state: 'neutral' }, now)).toEqual([])
    expect(standing({ ...notSeen, state: 'neutral' }, 'open', now)).toBe('unlinked')
  })
})

describe('a device that was turned away', () => {
  test('stays so until it has had a file since', () => {
    const refused = facts({ refusals: refusals(now - 48 * hour), lastSeenAt: now - 49 * hour })
    expect(standing(refused, 'first-contact', now)).toBe('turned-away')
    expect(alarms(refused, now)).toEqual(['turned-away'])
    expect(alarms({ ...refused, lastSeenAt: now - 47 * hour }, now)).toEqual([])
  })

  test('may just be signing in', () => {
    const asked = facts({ refusals: refusals(now - 1000, 'credentials-needed') })
    expect(standing(asked, 'first-contact', now)).toBe('in-sync')
    expect(standing(asked, 'first-contact', now + minute)).toBe('turned-away')
    expect(standing(facts({ refusals: refusals(now - 1000) }), 'first-contact', now)).toBe('turned-away')
  })
})

describe('a device that keeps its old files', () => {
  const old = (starts: readonly number[], parts: Partial<DeviceFacts> = {}) =>
    alarms(
      facts({
        revisionAt: now - 3 * hour,
        deliveredRevision: 'r1',
        starts,
        lastSeenAt: starts.at(-1) ?? 0,
        ...parts,
      }),
      now,
    )

  test('is an alarm after its second start since they changed', () => {
    expect(old([now - 4 * hour, now - 2 * hour])).toEqual([])
    expect(old([now - 4 * hour, now - 2 * hour, now - hour])).toEqual(['old-files'])
    expect(old([now - 2 * hour, now - hour], { revisionAt: now - 90 * minute })).toEqual([])
  })

  test('is none while the second start is under way', () => {
    expect(old([now - 2 * hour, now - 1000])).toEqual([])
    expect(old([now - 2 * hour, now - minute])).toEqual(['old-files'])
  })

  test('is none once it has taken them, or before they are rendered', () => {
    const starts = [now - 2 * hour, now - hour]
    expect(old(starts, { deliveredRevision: 'r2' })).toEqual([])
    const { revision: _, ...unrendered } = facts({ starts, revisionAt: now - 3 * hour })
    expect(alarms(unrendered, now)).toEqual([])
  })
})

describe('a device that starts again and again', () => {
  test('is in a loop at the seventh start within an hour', () => {
    expect(alarms(facts({ starts: every(5 * minute, 6) }), now)).toEqual([])
    expect(alarms(facts({ starts: every(5 * minute, 7) }), now)).toEqual(['reboot-loop'])
    expect(alarms(facts({ starts: every(9 * minute, 7) }), now)).toEqual([])
  })

  test('is not in one when it was changed meanwhile', () => {
    const starts = every(5 * minute, 7)
    expect(alarms(facts({ starts, revisionAt: now - 20 * minute }), now)).toEqual([])
  })
})

test('a start is the first request after a minute of silence; the latest are remembered', () => {
  expect(isStart(undefined, now)).toBe(true)
  expect(isStart(now - minute, now)).toBe(true)
  expect(isStart(now - minute + 1, now)).toBe(false)
  expect(isStart(now + minute, now)).toBe(false)
  const starts = [1, 2, 3, 4, 5, 6, 7, 8, 9].reduce<readonly number[]>(withStart, [])
  expect(starts).toEqual([3, 4, 5, 6, 7, 8, 9])
})
