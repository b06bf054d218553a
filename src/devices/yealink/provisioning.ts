import type { DeviceIntent } from '../../domain/device-intent.ts'
import type { ServerFacts } from '../driver.ts'
import { dialectOf } from './dialect.ts'
import { type Entry, flag, nothing, orNothing } from './entry.ts'
import { type Lines, lines, staticLines } from './lines.ts'

/** The CA certificate that devices may fetch, at the root of the server. */
export const caFile = 'bootline-ca.pem'

/** V70: look at start and once a week. */
const startAndWeekly = '7'

/**
 * Where the device looks for its configuration, and when: at start, and each night at an instant of its own choosing,
 * so that a fleet does not come at once. While it has a line, nobody else on the network may send it elsewhere. What
 * a user changes on the phone does not survive: the keys are the manager's.
 */
export function provisioning(device: DeviceIntent, server: ServerFacts): Lines {
  const dialect = dialectOf(device)
  const linked = device.ports.length > 0
  const account = linked ? server.account : undefined
  const where: readonly Entry[] = [
    ['auto_provision.server.url', server.url],
    ['auto_provision.server.username', orNothing(account?.user)],
    ['auto_provision.server.password', orNothing(account?.password)],
  ]
  const rest = linked ? withLine : withoutLine
  let text = ''
  for (const prefix of dialect.staticPrefixes) text += lines(where, prefix) + rest[prefix]
  return dialect.provisioningMode ? text + lines([['auto_provision.mode', startAndWeekly]]) : text
}

/** What all devices that have a line are told alike, and all that have none. */
const withLine = restOf(true)
const withoutLine = restOf(false)

function restOf(linked: boolean): Readonly<Record<'' | 'static.', Lines>> {
  const entries: readonly Entry[] = [
    ['auto_provision.power_on', '1'],
    ['auto_provision.pnp_enable', flag(!linked)],
    ['auto_provision.dhcp_option.enable', flag(!linked)],
    ['auto_provision.repeat.enable', '0'],
    ['auto_provision.weekly.enable', '1'],
    ['auto_provision.weekly.dayofweek', '0123456'],
    ['auto_provision.weekly.begin_time', '02:00'],
    ['auto_provision.weekly.end_time', '05:00'],
    ['auto_provision.custom.protect', '0'],
    ['auto_provision.custom.sync', '0'],
    ['auto_provision.user_agent_mac.enable', '1'],
    ['auto_provision.reboot_force.enable', '0'],
  ]
  return { '': lines(entries), 'static.': lines(entries, 'static.') }
}

/** Trust in this server, and the image to run. */
export function trustAndFirmware(device: DeviceIntent, server: ServerFacts): Lines {
  const { firmware, caPem, url } = server
  return staticLines(dialectOf(device), [
    ['trusted_certificates.url', caPem === undefined ? nothing : `${url}${caFile}`],
    ...(caPem === undefined ? [] : [['security.ca_cert', bothLists] satisfies Entry]),
    ['firmware.url', firmware === undefined ? nothing : url + urlName(firmware)],
  ])
}

/** Certificates of the built-in list and uploaded ones. */
const bothLists = '2'

/** Image names hold parentheses and commas, which a device must find encoded in a URL. */
function urlName(name: string): string {
  return encodeURIComponent(name).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)
}
