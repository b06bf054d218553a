import { catalogue } from '../devices/catalogue.ts'
import type { Company, DeviceAccess, Line } from '../domain/intent.ts'
import { formatMac, parseMac } from '../domain/mac.ts'
import { windowEnd, windowState } from '../domain/window.ts'
import type { DeviceStatus } from '../store/devices.ts'
import { Refusal } from './failure.ts'
import { printable } from './story-text.ts'
import { moment } from './story-times.ts'

/** An address given by a person, in the form devices are kept by. */
export function macGiven(text: string): string {
  const parsed = parseMac(text, '')
  if ('mac' in parsed) return parsed.mac
  throw new Refusal('mac-invalid', parsed.problem.wrong, parsed.problem.right)
}

export function unknownDevice(mac: string): Refusal {
  return new Refusal(
    'device-unknown',
    `no line has or had the device ${formatMac(mac)}`,
    'bootline devices lists those that are linked, bootline discovered those that only asked',
  )
}

/** What a person wants to know of a device before he reads its story. */
export function deviceFacts(
  device: DeviceStatus,
  company: Company | undefined,
  lines: readonly Line[],
  now: number,
): readonly (readonly [what: string, value: string])[] {
  const dated = (value: string | undefined, at: number | undefined) =>
    value === undefined ? 'none yet' : `${value}${at === undefined ? '' : `, since ${moment(at)}`}`
  return [
    ['model', `${labelOf(device.model)} (${device.model})`],
    ['company', [device.company, device.site].filter(Boolean).join(', ')],
    ['lines', linesText(lines)],
    ['access', accessText(device, company?.deviceAccess, now)],
    ['should have', dated(device.revision, device.revisionAt)],
    ['has', dated(device.deliveredRevision, device.deliveredAt)],
    ['first seen', device.firstSeenAt === undefined ? 'never' : moment(device.firstSeenAt)],
    [
      'last seen',
      device.lastSeenAt === undefined ? 'never' : `${moment(device.lastSeenAt)} at ${device.lastSource}`,
    ],
    ['firmware', printable(device.lastVersion ?? 'not known')],
  ]
}

export function labelOf(model: string): string {
  return catalogue.find(model)?.label ?? 'not in the catalogue'
}

export function linesText(lines: readonly Line[]): string {
  const text = ({ number, equipment }: Line) =>
    lines.length > 1 ? `${equipment?.port ?? 1}: ${number}` : number
  return lines.map(text).join(', ') || '-'
}

/** Who would be let have its files now. */
function accessText(device: DeviceStatus, access: DeviceAccess | undefined, now: number): string {
  const { window } = device
  if (access === 'open') return 'open: everybody whom its company’s networks admit'
  if (access === 'certificate' && device.state === 'linked') return 'only with its maker’s certificate'
  const source = window?.source ?? ''
  const alone = device.state === 'linked' ? 'with its own account' : 'nobody: it belongs to no line'
  switch (windowState(window, source, now)) {
    case 'admits':
      return `a window is open until ${moment(windowEnd(window) ?? now)}, for ${source || 'the first who asks'}`
    case 'expired':
      return `${alone}; its window has expired`
    default:
      return alone
  }
}
