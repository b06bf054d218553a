import type { ClockChange, ZoneRules } from './clock-change.ts'

type Daylight = NonNullable<ZoneRules['dst']>

/**
 * When clocks change, by region. Most regions change at an hour of their own wall clock; the European Union changes
 * everywhere in the same instant, 01:00 UTC, so that the hour on the wall depends on the zone's offset.
 *
 * A device knows only "the nth such weekday of a month". Four regions have rules that this cannot say for every year;
 * they are right for most years and a week early or late in the others.
 */
export const daylightRules = {
  europeanUnion: (standard) =>
    hourLater(standard, sunday(3, 5, standard + 60), sunday(10, 5, standard + 120)),
  // The instant of the Union, but in spring it is still Saturday there. The Saturday before the last Sunday is the
  // fourth one, except when March has a later one.
  greenland: (standard) => hourLater(standard, change(3, 4, 6, hour(23)), sunday(10, 5, 0)),
  moldova: (standard) => hourLater(standard, sunday(3, 5, hour(2)), sunday(10, 5, hour(3))),
  // Its summer follows Norway, its winter the ships: two hours between them.
  troll: (standard) => ({
    offsetMinutes: standard + 120,
    start: sunday(3, 5, hour(1)),
    end: sunday(10, 5, hour(3)),
  }),
  lebanon: (standard) => hourLater(standard, sunday(3, 5, 0), sunday(10, 5, 0)),
  // Really at the end of the last Thursday of October, which is not the last Friday when October ends on a Thursday.
  egypt: (standard) => hourLater(standard, change(4, 5, 5, 0), change(10, 5, 5, 0)),
  // Really the Friday before the last Sunday of March, which can be the 29th.
  israel: (standard) => hourLater(standard, change(3, 4, 5, hour(2)), sunday(10, 5, hour(2))),
  // Really the Saturdays before the last Sundays, and shortened by decree when Ramadan falls into it.
  palestine: (standard) => hourLater(standard, change(3, 4, 6, hour(2)), change(10, 4, 6, hour(2))),
  northAmerica: (standard) => hourLater(standard, sunday(3, 2, hour(2)), sunday(11, 1, hour(2))),
  cuba: (standard) => hourLater(standard, sunday(3, 2, 0), sunday(11, 1, hour(1))),
  // Really the Sunday from the 2nd to the 8th, which is the second one when the month begins on a Sunday.
  chile: (standard) => hourLater(standard, sunday(9, 1, 0), sunday(4, 1, 0)),
  easterIsland: (standard) => hourLater(standard, change(9, 1, 6, hour(22)), change(4, 1, 6, hour(22))),
  australia: (standard) => hourLater(standard, sunday(10, 1, hour(2)), sunday(4, 1, hour(3))),
  lordHowe: (standard) => ({
    offsetMinutes: standard + 30,
    start: sunday(10, 1, hour(2)),
    end: sunday(4, 1, hour(2)),
  }),
  newZealand: (standard) => hourLater(standard, sunday(9, 5, hour(2)), sunday(4, 1, hour(3))),
  chatham: (standard) => hourLater(standard, sunday(9, 5, hour(2) + 45), sunday(4, 1, hour(3) + 45)),
} satisfies Record<string, (standardOffset: number) => Daylight>

function hourLater(standard: number, start: ClockChange, end: ClockChange): Daylight {
  return { offsetMinutes: standard + 60, start, end }
}

function sunday(month: number, week: ClockChange['week'], minuteOfDay: number): ClockChange {
  return change(month, week, 0, minuteOfDay)
}

function change(month: number, week: ClockChange['week'], weekday: number, minuteOfDay: number): ClockChange {
  return { month, week, weekday, minuteOfDay }
}

function hour(hours: number): number {
  return hours * 60
}
