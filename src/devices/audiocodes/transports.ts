import type { Transport } from '../../domain/intent.ts'

/** The gateways' number for each transport. */
export const transportTypes: Readonly<Record<Transport, number>> = { udp: 0, tcp: 1, tls: 2 }

/** Where SIP is spoken when the fleet names no port. */
export const standardPorts: Readonly<Record<Transport, number>> = { udp: 5060, tcp: 5060, tls: 5061 }
