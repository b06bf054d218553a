import { BlockList, isIP } from 'node:net'

const closed = new BlockList()
for (const [network, bits] of [
  ['10.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['169.254.0.0', 16],
  ['127.0.0.0', 8],
] as const) {
  closed.addSubnet(network, bits, 'ipv4')
}
for (const [network, bits] of [
  ['fc00::', 7],
  ['fe80::', 10],
  ['::1', 128],
] as const) {
  closed.addSubnet(network, bits, 'ipv6')
}

/**
 * The address of a network of one's own. A device's web interface shows a certificate that proves nothing, so its
 * password goes to whoever has the address: it must never leave for the open network.
 */
export function isClosedNetwork(address: string): boolean {
  const version = isIP(address)
  if (version === 0) return false
  return closed.check(address, version === 4 ? 'ipv4' : 'ipv6')
}
