import { describe, expect, it } from 'vitest'
import { type ClockChange, knownZones, zoneRules } from '../../../src/devices/timezones/zone-rules.ts'

describe('time zones', () => {
  it('knows what France changes, and when', () => {
    expect(zoneRules('Europe/Paris')).toEqual({
      offsetMinutes: 60,
      dst: {
        offsetMinutes: 120,
        start: { month: 3, week: 5, weekday: 0, minuteOfDay: 120 },
        end: { month: 10, week: 5, weekday: 0, minuteOfDay: 180 },
      },
    })
  })

  it.each([
    ['America/Guadeloupe', -240],
    ['America/Martinique', -240],
    ['America/St_Barthelemy', -240],
    ['America/Marigot', -240],
    ['America/Cayenne', -180],
    ['Indian/Reunion', 240],
    ['Indian/Mayotte', 180],
    ['Indian/Kerguelen', 300],
    ['Pacific/Noumea', 660],
    ['Pacific/Tahiti', -600],
    ['Pacific/Marquesas', -570],
    ['Pacific/Gambier', -540],
    ['Pacific/Wallis', 720],
    ['Africa/Casablanca', 60],
    ['UTC', 0],
  ])('%s stands still at %i minutes', (name, offsetMinutes) => {
    expect(zoneRules(name)).toEqual({ offsetMinutes })
  })

  it('counts the hour of the European change in each zone’s own clock', () => {
    expect(zoneRules('Atlantic/Azores')?.dst?.start.minuteOfDay).toBe(0)
    expect(zoneRules('Europe/Lisbon')?.dst?.end.minuteOfDay).toBe(120)
    expect(zoneRules('Europe/Athens')?.dst?.end.minuteOfDay).toBe(240)
  })

  it('does not guess an unknown zone', () => {
    expect(zoneRules('Europe/Atlantis')).toBeUndefined()
    expect(zoneRules('constructor')).toBeUndefined()
  })

  it('holds every zone that Intl lists', () => {
    expect(Intl.supportedValuesOf('timeZone').filter((name) => !zoneRules(name))).toEqual([])
  })

  it('agrees with Intl on every clock change of 2026', () => {
    const wrong = knownZones().flatMap((name) => {
      const clock = clockOf(name)
      return clock && !agrees(name, clock) ? [name] : []
    })
    expect(wrong).toEqual([])
  })
})

type Clock = (instant: number) => number

/** Minutes east of Greenwich at an instant, or nothing where this Node's ICU does not know the zone. */
function clockOf(timeZone: string): Clock | undefined {
  let format: Intl.DateTimeFormat
  try {
    format = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' })
  } catch {
    return undefined
  }
  return (instant) => {
    const text = format.formatToParts(instant).find((part) => part.type === 'timeZoneName')?.value ?? ''
    const [, sign, hours, minutes] = /^GMT(?:([+-])(\d\d):(\d\d))?$/.exec(text) ?? []
    return (sign === '-' ? -1 : 1) * (Number(hours ?? 0) * 60 + Number(minutes ?? 0)) + 0
  }
}

function agrees(name: string, offset: Clock): boolean {
  const rules = zoneRules(name)
  if (!rules) return false
  const { offsetMinutes: standard, dst } = rules
  if (!dst) return [0, 3, 6, 9].every((month) => offset(Date.UTC(2026, month, 10)) === standard)
  const minute = 60_000
  const start = wallClock(dst.start) - standard * minute
  const end = wallClock(dst.end) - dst.offsetMinutes * minute
  return (
    offset(start - minute) === standard &&
    offset(start) === dst.offsetMinutes &&
    offset(end - minute) === dst.offsetMinutes &&
    offset(end) === standard
  )
}

function wallClock(change: ClockChange): number {
  const days = Array.from({ length: 31 }, (_, day) => Date.UTC(2026, change.month - 1, day + 1)).filter(
    (day) => {
      const date = new Date(day)
      return date.getUTCMonth() === change.month - 1 && date.getUTCDay() === change.weekday
    },
  )
  const day = change.week === 5 ? days.at(-1) : days[change.week - 1]
  return (day ?? Number.NaN) + change.minuteOfDay * 60_000
}
