import type { DeviceIntent } from '../../domain/device-intent.ts'
import { wiped } from './secrets.ts'
import { type Setting, set } from './settings.ts'
import { standardPorts } from './transports.ts'

/** Line indexes of the phones that have more of them than lines. */
const lineIndexes: Readonly<Record<string, number>> = { 'audiocodes/405hd': 6 }

/**
 * The phone's line on index 0 and every other index switched off: a parameter left out keeps its old value, so what is
 * withdrawn must be said. Without a line, what the last one left is wiped as well.
 */
export function lines(device: DeviceIntent): readonly Setting[] {
  const line = device.ports[0]
  const path = 'voip/line/0'
  const count = lineIndexes[device.model.id] ?? device.model.lines
  const unused = Array.from({ length: count - 1 }, (_, i) => set(`voip/line/${i + 1}/enabled`, 0))
  return [
    set(`${path}/enabled`, line !== undefined),
    set(`${path}/id`, line?.sipUser ?? wiped),
    set(`${path}/auth_name`, line?.sipUser ?? wiped),
    set(`${path}/auth_password`, line?.sipPassword ?? wiped),
    set(`${path}/description`, line?.displayName ?? device.model.label),
    set(`${path}/extension_display`, line?.displayName ?? ''),
    ...unused,
  ]
}

/** Where lines register: one place for the whole phone. A port the fleet names is that of the first hop. */
export function sip(device: DeviceIntent): readonly Setting[] {
  const { domain, proxy, port, transport } = device.sip
  const used = device.ports.length > 0
  const standard = standardPorts[transport]
  const path = 'voip/signalling/sip'
  return [
    set('voip/services/application_server_type', 'Generic'),
    set(`${path}/use_proxy`, used),
    set(`${path}/proxy_address`, used ? domain : '0.0.0.0'),
    set(`${path}/proxy_port`, proxy === undefined ? (port ?? standard) : standard),
    set(`${path}/proxy_gateway`, used ? domain : ''),
    set(`${path}/use_proxy_ip_port_for_registrar`, 1),
    set(`${path}/sip_registrar/enabled`, used),
    set(`${path}/sip_outbound_proxy/enabled`, used && proxy !== undefined),
    set(`${path}/sip_outbound_proxy/addr`, used ? (proxy ?? '') : ''),
    set(`${path}/sip_outbound_proxy/port`, used && proxy !== undefined ? (port ?? standard) : 0),
    set(`${path}/transport_protocol`, transport.toUpperCase()),
  ]
}
