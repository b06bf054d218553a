import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isToldEnough, outcomeOf } from '../../src/reboot/outcome.ts'
import type { WakeAnswer, WakeResult } from '../../src/reboot/wake.ts'

const second = 1000
const minute = 60 * second
const hour = 60 * minute

const mac = '805ec0aa0001'

const answer = (result: WakeResult, parts: Partial<WakeAnswer> = {}): WakeAnswer => ({
  result,
  detail: 'as it was',
  ...parts,
})

test('what never left is tried again, and was not told', () => {
  const unsent = answer('silent', { isUnsent: true })
  expect(outcomeOf({ mac, attempts: 0 }, unsent, 0)).toMatchObject({
    state: 'waiting',
    told: false,
    attempts: 1,
  })
  expect(outcomeOf({ mac, attempts: 0 }, answer('silent'), 0)).toMatchObject({ told: true })
})

/** The pauses between tells that are all answered alike, to the end. */
function pauses(result: WakeResult, device = mac): readonly number[] {
  const waits: number[] = []
  for (let attempts = 0; ; attempts++) {
    const outcome = outcomeOf({ mac: device, attempts }, answer(result), 0)
    expect(outcome.attempts).toBe(attempts + 1)
    if (outcome.state === 'given-up') return waits
    if (isToldEnough(outcome)) return [...waits, outcome.dueAt]
    waits.push(outcome.dueAt)
  }
}

describe.each(['silent', 'absent', 'busy', 'overloaded'] as const)('%s', (result) => {
  test('is tried again from seconds to hours later, for about a day', () => {
    const steps = [30 * second, 2 * minute, 10 * minute, hour, 3 * hour, 6 * hour]
    const waits = pauses(result)
    for (const [i, step] of steps.entries()) {
      expect(waits[i]).toBeGreaterThanOrEqual(step)
      expect(waits[i]).toBeLessThanOrEqual(1.2 * step)
    }
    const all = waits.reduce((sum, wait) => sum + wait, 0)
    expect(all).toBeGreaterThan(20 * hour)
    expect(all).toBeLessThan(28 * hour)
  })
})

test.each(['unwilling', 'refused', 'credentials', 'misconfigured'] as const)(
  '%s is tried twice more, hours later, and then given up with the reason',
  (result) => {
    const waits = pauses(result)
    expect(waits).toHaveLength(2)
    for (const wait of waits) expect(wait).toBeGreaterThanOrEqual(hour)
    const last = outcomeOf({ mac, attempts: 2 }, answer(result, { detail: '489 Bad Event' }), 7)
    expect(last).toMatchObject({ state: 'given-up', result, at: 7 })
    expect(last.detail).toMatch(/^489 Bad Event: .*; it will take its files at its next start or poll$/)
  },
)

test('a device that was reached and will not do it is not said to be off', () => {
  const last = outcomeOf({ mac, attempts: 2 }, answer('unwilling'), 0)
  expect(last.detail).toContain('it was reached and does not do this')
})

test.each(['heard', 'queued'] as const)(
  '%s: the fetch is awaited for three minutes, then longer',
  (result) => {
    const first = outcomeOf({ mac, attempts: 0 }, answer(result), 1000)
    expect(first).toMatchObject({ state: 'told', told: true, attempts: 1, dueAt: 1000 + 3 * minute })
    const waits = pauses(result)
    expect(waits).toStrictEqual(waits.toSorted((a, b) => a - b))
    expect(waits.reduce((sum, wait) => sum + wait, 0)).toBeLessThan(28 * hour)
  },
)

test('what was never sent is no tell', () => {
  expect(outcomeOf({ mac, attempts: 0 }, answer('misconfigured'), 0).told).toBe(false)
  expect(outcomeOf({ mac, attempts: 0 }, answer('silent'), 0).told).toBe(true)
})

test('who asks to be left alone for a time is, and who asks for less than the pause gets the pause', () => {
  const asked = outcomeOf({ mac, attempts: 0 }, answer('overloaded', { retryAfter: 600 }), 0)
  expect(asked.dueAt).toBeGreaterThanOrEqual(600 * second)
  expect(asked.dueAt).toBeLessThanOrEqual(720 * second)
  const short = outcomeOf({ mac, attempts: 2 }, answer('overloaded', { retryAfter: 1 }), 0)
  expect(short.dueAt).toBeGreaterThanOrEqual(10 * minute)
  const absurd = outcomeOf({ mac, attempts: 0 }, answer('overloaded', { retryAfter: 1e9 }), 0)
  expect(absurd.dueAt).toBeLessThanOrEqual(1.2 * 24 * hour)
})

test('devices that fell silent together are spread, each always alike', () => {
  const device = fc.stringMatching(/^[0-9a-f]{12}$/)
  fc.assert(
    fc.property(device, fc.integer({ min: 0, max: 7 }), (each, attempts) => {
      const [one, other] = [0, 0].map(() => outcomeOf({ mac: each, attempts }, answer('silent'), 0))
      expect(one).toStrictEqual(other)
    }),
  )
  const dues = Array.from({ length: 100 }, (_, i) => {
    const each = (0x805ec0000000 + i).toString(16)
    return outcomeOf({ mac: each, attempts: 3 }, answer('silent'), 0).dueAt
  })
  expect(Math.max(...dues) - Math.min(...dues)).toBeGreaterThan(9 * minute)
})
