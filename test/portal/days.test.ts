import fc from 'fast-check'
import { expect, test } from 'vitest'
import { dayOf, endOfDay } from '../../src/admin/portal/people/days.ts'

test.each([
  ['2026-12-21', 'Europe/Paris', '2026-12-21T22:59:59.000Z'],
  ['2026-07-01', 'Europe/Paris', '2026-07-01T21:59:59.000Z'],
  ['2026-12-21', 'Indian/Reunion', '2026-12-21T19:59:59.000Z'],
  ['2026-12-21', 'Pacific/Honolulu', '2026-12-22T09:59:59.000Z'],
  ['tomorrow', 'Europe/Paris', ''],
])('%s ends in %s at %j', (day, zone, end) => {
  expect(endOfDay(day, zone)).toBe(end)
})

test('the end of a day is of that day', () => {
  const zones = ['Europe/Paris', 'Indian/Reunion', 'America/St_Johns', 'Pacific/Kiritimati', undefined]
  const moments = fc.date({ min: new Date('2000-01-01'), max: new Date('2100-01-01'), noInvalidDate: true })
  fc.assert(
    fc.property(moments, fc.constantFrom(...zones), (moment, zone) => {
      const day = dayOf(moment.getTime(), zone)
      const end = endOfDay(day, zone)
      expect(dayOf(Date.parse(end), zone)).toBe(day)
      expect(Date.parse(end)).toBeGreaterThanOrEqual(moment.getTime() - 1000)
    }),
  )
})
