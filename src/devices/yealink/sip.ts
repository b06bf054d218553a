import type { SipSettings, Transport } from '../../domain/intent.ts'
import { type Entry, flag, nothing, orNothing } from './entry.ts'

export const transportCodes: Readonly<Record<Transport, string>> = { udp: '0', tcp: '1', tls: '2' }

/** Seconds after which a device registers again. */
export const expires = '3600'

/** The port that was set, else the one the transport is known by. */
export function portOf(sip: SipSettings): string {
  return `${sip.port ?? (sip.transport === 'tls' ? 5061 : 5060)}`
}

/** Where to register. The second server is emptied: whatever served the device before may have left one. */
export function registrar(sip: SipSettings): readonly Entry[] {
  return [
    ['sip_server.1.address', sip.domain],
    ['sip_server.1.port', portOf(sip)],
    ['sip_server.1.transport_type', transportCodes[sip.transport]],
    ['sip_server.1.expires', expires],
    ['sip_server.1.retry_counts', '3'],
    ['sip_server.2.address', nothing],
  ]
}

/** The proxy all messages travel through; a phone and the manager of several cells call it by different names. */
export function outboundProxy(
  sip: SipSettings,
  enable: 'outbound_proxy_enable' | 'outbound.enable',
): readonly Entry[] {
  const server = enable === 'outbound.enable' ? 'outbound' : 'outbound_proxy'
  return [
    [enable, flag(sip.proxy !== undefined)],
    [`${server}.1.address`, orNothing(sip.proxy)],
    [`${server}.1.port`, sip.proxy === undefined ? nothing : portOf(sip)],
    [`${server}.2.address`, nothing],
  ]
}
