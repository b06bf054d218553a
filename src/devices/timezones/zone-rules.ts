import { daylightRules } from './daylight-rules.ts'
import { zoneNames } from './zone-names.ts'

/** A moment of the year in the clock on the wall just before the change. */
export interface ClockChange {
  /** 1 is January. */
  readonly month: number
  /** 1 to 4 count from the first such weekday of the month, 5 is the last one. */
  readonly week: 1 | 2 | 3 | 4 | 5
  /** 0 is Sunday. */
  readonly weekday: number
  /** Minutes since local midnight, 0 to 1439. */
  readonly minuteOfDay: number
}

export interface ZoneRules {
  /** Minutes east of Greenwich, outside daylight saving time. */
  readonly offsetMinutes: number
  readonly dst?: {
    /** Minutes east of Greenwich during daylight saving time. */
    readonly offsetMinutes: number
    readonly start: ClockChange
    readonly end: ClockChange
  }
}

/**
 * What a device's clock must know of a time zone. From a table of ours and not from Intl: a new ICU under the same
 * Bootline must not change the files of a fleet. `undefined` for a name the table does not hold.
 */
export function zoneRules(iana: string): ZoneRules | undefined {
  return byName.get(iana)
}

/** Every name the table holds. */
export function knownZones(): readonly string[] {
  return [...byName.keys()]
}

const byName = new Map<string, ZoneRules>()
for (const { offsetMinutes, daylight, names } of zoneNames) {
  const rules: ZoneRules = daylight
    ? { offsetMinutes, dst: daylightRules[daylight](offsetMinutes) }
    : { offsetMinutes }
  for (const name of names.split(/\s+/)) {
    if (byName.has(name)) throw new Error(`the time zone table names ${name} twice`)
    byName.set(name, rules)
  }
}
