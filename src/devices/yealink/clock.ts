import { type ClockChange, type ZoneRules, zoneRules } from '../timezones/zone-rules.ts'
import { type Entry, nothing } from './entry.ts'
import { type Lines, lines } from './lines.ts'

/** Certificates are refused by a device that has not learnt the date; an operator may name another server. */
const timeServer = 'pool.ntp.org'

/** Few places, and thousands of phones. */
const clocks = new WeakMap<ZoneRules, Lines>()

/** The time of the site, on a clock of 24 hours, the day before the month. */
export function clock(timezone: string): Lines {
  const rules = zoneRules(timezone)
  const known = (rules && clocks.get(rules)) ?? lines(settings(rules))
  if (rules) clocks.set(rules, known)
  return known
}

function settings(rules: ZoneRules | undefined): readonly Entry[] {
  return [
    ['local_time.ntp_server1', timeServer],
    ['local_time.dhcp_time', '0'],
    ...zone(rules),
    ['local_time.time_format', '1'],
    ['local_time.date_format', '2'],
  ]
}

/** The offset and the rule of summer time, in numbers: the phones' own table of places ages with their firmware. */
function zone(rules: ZoneRules | undefined): readonly Entry[] {
  const dst = rules?.dst
  return [
    ['local_time.time_zone', rules ? offset(rules.offsetMinutes) : nothing],
    ['local_time.summer_time', dst ? '1' : '0'],
    ['local_time.dst_time_type', dst ? '1' : nothing],
    ['local_time.start_time', dst ? change(dst.start) : nothing],
    ['local_time.end_time', dst ? change(dst.end) : nothing],
    ['local_time.offset_time', rules && dst ? `${dst.offsetMinutes - rules.offsetMinutes}` : nothing],
  ]
}

/** `+1`, `-3:30`, `0`. */
function offset(minutes: number): string {
  if (minutes === 0) return '0'
  const hours = Math.floor(Math.abs(minutes) / 60)
  const rest = Math.abs(minutes) % 60
  return `${minutes < 0 ? '-' : '+'}${hours}${rest === 0 ? '' : `:${String(rest).padStart(2, '0')}`}`
}

/** `3/5/7/2`: in March, the last, Sunday, at two; the week ends with day 7, and only whole hours can be said. */
function change({ month, week, weekday, minuteOfDay }: ClockChange): string {
  return `${month}/${week}/${weekday === 0 ? 7 : weekday}/${Math.floor(minuteOfDay / 60)}`
}
