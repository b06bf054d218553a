import { createSocket, type RemoteInfo, type Socket } from 'node:dgram'
import type { AddressInfo } from 'node:net'
import { networkInterfaces } from 'node:os'

/** sip.mcast.net, where phones ask for their server. */
export const PNP_GROUP = '224.0.1.75'

export interface PnpListen {
  /** An address of this machine: only its network is heard. Without one, every network is. */
  readonly interface?: string
  /** Phones ask port 5060. */
  readonly port: number
}

export interface PnpSockets {
  /** Where answers leave from and come to. */
  readonly address: AddressInfo
  send(datagram: Buffer, port: number, address: string): void
  close(): Promise<void>
}

/**
 * Two sockets: one is bound to the multicast address itself, so that a SIP server on the same machine keeps what comes
 * to port 5060 of its own addresses; the other one speaks, from a free port.
 */
export async function openPnpSockets(
  listen: PnpListen,
  heard: (datagram: Buffer, from: RemoteInfo) => void,
  failed: (error: Error) => void,
): Promise<PnpSockets> {
  const group = createSocket({ type: 'udp4', reuseAddr: true })
  const own = createSocket({ type: 'udp4' })
  try {
    await bound(own, 0, listen.interface ?? '0.0.0.0')
    await bound(group, listen.port, PNP_GROUP)
    join(group, listen.interface)
  } catch (error) {
    await Promise.all([group, own].map(closed))
    throw error
  }
  for (const socket of [group, own]) socket.on('message', heard).on('error', failed)
  return {
    address: own.address(),
    // Without a callback a datagram that cannot be sent is one that was lost, and is sent again.
    send: (datagram, port, address) => own.send(datagram, port, address),
    async close() {
      await Promise.all([group, own].map(closed))
    },
  }
}

/** Of all networks, those that know no multicast are passed over, as long as one does. */
function join(group: Socket, only: string | undefined): void {
  const addresses = only === undefined ? outerAddresses() : [only]
  const failures: unknown[] = []
  for (const address of addresses) {
    try {
      group.addMembership(PNP_GROUP, address)
    } catch (error) {
      failures.push(error)
    }
  }
  if (failures.length === addresses.length) throw failures[0] ?? new Error('this machine is on no network')
}

/** One address an interface: a second membership of the same interface would be refused. */
function outerAddresses(): readonly string[] {
  return Object.values(networkInterfaces()).flatMap((addresses = []) => {
    const first = addresses.find(({ internal, family }) => family === 'IPv4' && !internal)
    return first ? [first.address] : []
  })
}

function bound(socket: Socket, port: number, address: string): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.once('error', reject)
    socket.bind({ port, address, exclusive: true }, () => {
      socket.off('error', reject)
      resolve()
    })
  })
}

function closed(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    try {
      socket.close(() => resolve())
    } catch {
      resolve() // It was never bound.
    }
  })
}

/** The address of this machine in the network of another one, for it to answer to. */
export function addressTowards(other: string, bound: string): string {
  if (bound !== '0.0.0.0') return bound
  const all = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? [])
  const four = all.filter(({ family }) => family === 'IPv4')
  const near = four.find(({ address, netmask }) => masked(address, netmask) === masked(other, netmask))
  return (near ?? four.find(({ internal }) => !internal) ?? four[0])?.address ?? '127.0.0.1'
}

function masked(address: string, netmask: string): string {
  const mask = netmask.split('.').map(Number)
  return address
    .split('.')
    .map((part, index) => Number(part) & (mask[index] ?? 0))
    .join('.')
}
