import type { DeviceIntent } from '../../domain/device-intent.ts'
import { type ClockChange, type ZoneRules, zoneRules } from '../timezones/zone-rules.ts'
import { countryOf } from './place.ts'
import { type Setting, set } from './settings.ts'

const timeServer = 'pool.ntp.org'
const weekdays = ['SUNDAY', 'MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY']

/** Greenwich for a zone nobody knows: wrong by whole hours, but right all over the fleet in the same way. */
function rulesOf(device: DeviceIntent): ZoneRules {
  return zoneRules(device.timezone) ?? { offsetMinutes: 0 }
}

/** A phone's clock. What DHCP says of the offset is turned down, or it would win over the site's time zone. */
export function phoneClock(device: DeviceIntent): readonly Setting[] {
  const { offsetMinutes, dst } = rulesOf(device)
  const american = countryOf(device.timezone, device.locale).name === 'USA'
  const path = 'system/daylight_saving'
  return [
    set('system/ntp/enabled', 1),
    set('system/ntp/primary_server_address', timeServer),
    set('system/ntp/gmt_offset', signedHours(offsetMinutes)),
    set('network/lan/dhcp/ntp/gmt_offset/enabled', 0),
    set('system/ntp/date_display_format', american ? 'AMERICAN' : 'EUROPEAN'),
    set('system/ntp/time_display_format', american ? '12HOUR' : '24HOUR'),
    set(`${path}/activate`, dst ? 'ENABLE' : 'DISABLE'),
    ...(dst
      ? [
          set(`${path}/mode`, 'DAYOFWEEK'),
          set(`${path}/offset`, dst.offsetMinutes - offsetMinutes),
          ...change(`${path}/start_date`, dst.start),
          ...change(`${path}/end_date`, dst.end),
        ]
      : []),
  ]
}

/** A gateway's clock stays on winter time: how its daylight saving is written is not established. */
export function gatewayClock(device: DeviceIntent): readonly Setting[] {
  return [
    set('NTPServerIP', timeServer),
    set('NTPServerUTCOffset', rulesOf(device).offsetMinutes * 60),
    set('NTPUpdateInterval', 86400),
  ]
}

/** `+01:00`, as the phones write it. */
function signedHours(minutes: number): string {
  const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60]
  return `${minutes < 0 ? '-' : '+'}${String(hours).padStart(2, '0')}:${String(rest).padStart(2, '0')}`
}

function change(path: string, { month, week, weekday, minuteOfDay }: ClockChange): readonly Setting[] {
  return [
    set(`${path}/month`, month),
    set(`${path}/week`, week),
    set(`${path}/day_of_week`, weekdays[weekday] ?? 'SUNDAY'),
    set(`${path}/hour`, Math.floor(minuteOfDay / 60)),
    set(`${path}/minute`, minuteOfDay % 60),
  ]
}
