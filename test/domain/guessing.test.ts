import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  counted,
  type Guesses,
  guessLimits,
  guessTimes,
  uncounted,
  waitFor,
} from '../../src/domain/guessing.ts'

const hour = 3_600_000

/** Guesses as fast as it is let, for so long, and counts the tries that were looked at. */
function looked(limits: (typeof guessLimits)['person' | 'source'], time: number): number {
  let tries = 0
  let guesses: Guesses | undefined
  for (let now = 0; now < time; ) {
    guesses = counted(guesses, limits, now)
    tries += 1
    now += Math.max(1000, waitFor(guesses, now))
  }
  return tries
}

test('whoever guesses all day gets few tries', () => {
  expect(looked(guessLimits.person, hour)).toBeLessThan(20)
  expect(looked(guessLimits.person, 24 * hour)).toBeLessThan(24 * 12)
  expect(looked(guessLimits.source, 24 * hour)).toBeLessThan(24 * 60 + guessLimits.source.most)
})

test('an office whose people mistype every other minute is never shut out', () => {
  let guesses: Guesses | undefined
  for (let minute = 0; minute < 600; minute += 2) {
    expect(waitFor(guesses, minute * 60_000)).toBe(0)
    guesses = counted(guesses, guessLimits.source, minute * 60_000)
  }
})

test('each pause is as long as the one before or longer, none is longer than the door stays shut', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(5000), { maxLength: 60 }), (gaps) => {
      let now = 0
      let guesses: Guesses | undefined
      let last = 0
      for (const gap of gaps) {
        now += waitFor(guesses, now) + gap
        guesses = counted(guesses, { ...guessLimits.person, drain: hour * 1000 }, now)
        const wait = waitFor(guesses, now)
        expect(wait).toBeGreaterThanOrEqual(last)
        expect(wait).toBeLessThanOrEqual(guessTimes.shut)
        last = wait
      }
    }),
  )
})

test('what was right counts as if it had not been', () => {
  const before = counted(counted(undefined, guessLimits.person, 0), guessLimits.person, 1)
  expect(uncounted(counted(before, guessLimits.person, 2))).toEqual({ ...before, shutUntil: 0 })
})
