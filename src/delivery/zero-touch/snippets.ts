import type { DhcpPlan } from './dhcp-plan.ts'
import { dnsmasq } from './dnsmasq.ts'
import { isc } from './isc.ts'
import { kea } from './kea.ts'
import { windows } from './windows.ts'

const writers = { isc, kea, dnsmasq, windows } as const

export type DhcpServer = keyof typeof writers

/** The DHCP servers a plan can be written for. */
export const dhcpServers: readonly DhcpServer[] = ['isc', 'kea', 'dnsmasq', 'windows']

export function snippet(server: DhcpServer, plan: DhcpPlan): string {
  return writers[server](plan)
}
