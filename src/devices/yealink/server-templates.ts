import type { DeviceIntent } from '../../domain/device-intent.ts'
import { type Entry, numbers, prefixed, unused } from './entry.ts'
import { outboundProxy, registrar } from './sip.ts'

/** SIP servers a manager of several cells knows. */
const places = 10

/** The SIP servers of a system with several cells: its accounts all point at the first, the others are emptied. */
export function serverTemplates(device: DeviceIntent): readonly Entry[] {
  const entries: readonly Entry[] = [
    ['name', device.sip.domain],
    ...registrar(device.sip),
    ...outboundProxy(device.sip, 'outbound.enable'),
  ]
  return numbers(places).flatMap((n) => {
    const used = n === 1 && device.ports.length > 0
    return prefixed(`template.${n}.`, used ? entries : entries.map(unused))
  })
}
