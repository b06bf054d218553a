import { type ClockChange, zoneRules } from '../timezones/zone-rules.ts'
import { type Attribute, flag } from './attributes.ts'

/** Without a date no certificate is valid; a time server that the site's DHCP names comes first. */
const timeServer = 'pool.ntp.org'

/** The time of the site, on a clock of 24 hours. */
export function clock(timezone: string): readonly Attribute[] {
  return [
    ['tcpIpApp.sntp.address', timeServer],
    ['tcpIpApp.sntp.address.overrideDHCP', '0'],
    ...zone(timezone),
    ['lcl.datetime.time.24HourClock', '1'],
    ['lcl.datetime.date.format', 'D,dM'],
  ]
}

/** The offset overrides the one of DHCP, to which some routers have already added the hour of summer. */
function zone(timezone: string): readonly Attribute[] {
  const rules = zoneRules(timezone)
  if (!rules) return []
  const { offsetMinutes, dst } = rules
  return [
    ['tcpIpApp.sntp.gmtOffset', `${offsetMinutes * 60}`],
    ['tcpIpApp.sntp.gmtOffset.overrideDHCP', '1'],
    ['tcpIpApp.sntp.daylightSavings.enable', flag(dst !== undefined)],
    ...(dst ? [fixedDay, ...change('start', dst.start), ...change('stop', dst.end)] : []),
  ]
}

const fixedDay: Attribute = ['tcpIpApp.sntp.daylightSavings.fixedDayEnable', '0']

/** Sunday is 1; the week is given by its first possible day, or as the last of the month; hours are whole. */
function change(
  moment: 'start' | 'stop',
  { month, week, weekday, minuteOfDay }: ClockChange,
): readonly Attribute[] {
  const prefix = `tcpIpApp.sntp.daylightSavings.${moment}.`
  return [
    [`${prefix}month`, `${month}`],
    [`${prefix}date`, `${(Math.min(week, 4) - 1) * 7 + 1}`],
    [`${prefix}dayOfWeek`, `${weekday + 1}`],
    [`${prefix}dayOfWeek.lastInMonth`, flag(week === 5)],
    [`${prefix}time`, `${Math.floor(minuteOfDay / 60)}`],
  ]
}
