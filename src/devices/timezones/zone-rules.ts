import type { ZoneRules } from './clock-change.ts'
import { daylightRules } from './daylight-rules.ts'
import { zoneNames } from './zone-names.ts'

export type { ClockChange, ZoneRules } from './clock-change.ts'

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
