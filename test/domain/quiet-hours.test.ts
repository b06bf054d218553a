import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { defaultQuietHours, isQuiet, nextQuietStart } from '../../src/domain/quiet-hours.ts'

const at = (text: string): number => Date.parse(text)
const next = (from: string, to: string, zone: string, now: string): string =>
  new Date(nextQuietStart({ from, to }, zone, at(now))).toISOString()

describe('the next quiet moment', () => {
  it.each([
    [
      'across midnight, from the day',
      '22:00',
      '05:00',
      'Europe/Paris',
      '2026-01-10T12:00:00Z',
      '2026-01-10T21:00:00.000Z',
    ],
    [
      'in summer an hour earlier',
      '22:00',
      '05:00',
      'Europe/Paris',
      '2026-07-10T12:00:00Z',
      '2026-07-10T20:00:00.000Z',
    ],
    ['within: now', '22:00', '05:00', 'Europe/Paris', '2026-01-10T22:17:03.500Z', '2026-01-10T22:17:03.500Z'],
    [
      'after midnight: now',
      '22:00',
      '05:00',
      'Europe/Paris',
      '2026-01-10T02:00:00Z',
      '2026-01-10T02:00:00.000Z',
    ],
    [
      'at the end: the next night',
      '22:00',
      '05:00',
      'Europe/Paris',
      '2026-01-10T04:00:00Z',
      '2026-01-10T21:00:00.000Z',
    ],
    ['within one day', '12:30', '13:30', 'Asia/Kolkata', '2026-01-10T08:00:00Z', '2026-01-11T07:00:00.000Z'],
    // Paris, 29 March 2026: 02:00 becomes 03:00.
    [
      'a start that is skipped: when the clock is put forward',
      '02:30',
      '05:00',
      'Europe/Paris',
      '2026-03-28T23:00:00Z',
      '2026-03-29T01:00:00.000Z',
    ],
    [
      'hours that are skipped whole: the next day',
      '02:10',
      '02:50',
      'Europe/Paris',
      '2026-03-28T23:00:00Z',
      '2026-03-30T00:10:00.000Z',
    ],
    [
      'a night in which the clock is put forward',
      '04:00',
      '05:00',
      'Europe/Paris',
      '2026-03-28T23:00:00Z',
      '2026-03-29T02:00:00.000Z',
    ],
    // Paris, 25 October 2026: 03:00 becomes 02:00.
    [
      'a start that comes twice: the first',
      '02:30',
      '05:00',
      'Europe/Paris',
      '2026-10-24T22:00:00Z',
      '2026-10-25T00:30:00.000Z',
    ],
    [
      'between the two: the second',
      '02:30',
      '02:50',
      'Europe/Paris',
      '2026-10-25T00:55:00Z',
      '2026-10-25T01:30:00.000Z',
    ],
    [
      'an end that comes twice: when the clock is put back',
      '22:00',
      '02:30',
      'Europe/Paris',
      '2026-10-25T00:40:00Z',
      '2026-10-25T01:00:00.000Z',
    ],
    // Lord Howe Island puts its clock forward by half an hour, on 4 October 2026.
    [
      'half an hour skipped',
      '02:15',
      '03:00',
      'Australia/Lord_Howe',
      '2026-10-03T12:00:00Z',
      '2026-10-03T15:30:00.000Z',
    ],
    [
      "Newfoundland's half hour",
      '22:00',
      '05:00',
      'America/St_Johns',
      '2026-07-10T12:00:00Z',
      '2026-07-11T00:30:00.000Z',
    ],
  ])('%s', (_, from, to, zone, now, expected) => {
    expect(next(from, to, zone, now)).toBe(expected)
  })
})

/** The clock on the wall as a person reads it, by another way than the one under test. */
function wall(zone: string, now: number): string {
  const clock = new Date(now).toLocaleTimeString('sv-SE', {
    timeZone: zone,
    hour: '2-digit',
    minute: '2-digit',
  })
  return clock.slice(0, 5)
}

function quietOnTheWall(from: string, to: string, clock: string): boolean {
  return from < to ? from <= clock && clock < to : clock >= from || clock < to
}

const minute = 60_000
const time = fc
  .integer({ min: 0, max: 1439 })
  .map((m) => `${String(Math.floor(m / 60)).padStart(2, '0')}:${String(m % 60).padStart(2, '0')}`)
const zone = fc.constantFrom('Europe/Paris', 'America/St_Johns', 'Australia/Lord_Howe', 'Asia/Kolkata')
const anyTime = fc.integer({ min: at('2016-01-01T00:00:00Z'), max: at('2036-01-01T00:00:00Z') })
/** Nights in which some clock is put forward or back, of the four places. */
const changingNight = fc
  .tuple(
    fc.constantFrom('2026-03-08', '2026-03-29', '2026-04-05', '2026-10-04', '2026-10-25', '2026-11-01'),
    fc.integer({ min: -20 * 60, max: 36 * 60 }),
  )
  .map(([date, minutes]) => at(`${date}T00:00:00Z`) + minutes * minute)

it('is quiet when the clock on the wall says so', () => {
  fc.assert(
    fc.property(time, time, zone, fc.oneof(anyTime, changingNight), (from, to, where, now) => {
      fc.pre(from !== to)
      expect(isQuiet({ from, to }, where, now)).toBe(quietOnTheWall(from, to, wall(where, now)))
    }),
    { numRuns: 500 },
  )
})

it('begins at the first quiet moment: no minute before it is quiet', () => {
  fc.assert(
    fc.property(time, time, zone, fc.oneof(anyTime, changingNight), (from, to, where, now) => {
      fc.pre(from !== to)
      const start = nextQuietStart({ from, to }, where, now)
      expect(start).toBeGreaterThanOrEqual(now)
      expect(quietOnTheWall(from, to, wall(where, start))).toBe(true)
      if (start === now) return
      // The minute before, and a look every seven minutes further back.
      for (let before = start - minute; before >= now; before -= 7 * minute)
        expect(quietOnTheWall(from, to, wall(where, before))).toBe(false)
    }),
    { numRuns: 150 },
  )
})

it('has hours for companies that say nothing', () => {
  expect(isQuiet(defaultQuietHours, 'Europe/Paris', at('2026-01-10T01:00:00Z'))).toBe(true)
  expect(isQuiet(defaultQuietHours, 'Europe/Paris', at('2026-01-10T11:00:00Z'))).toBe(false)
})
