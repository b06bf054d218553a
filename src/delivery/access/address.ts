import { isIP, isIPv4, isIPv6 } from 'node:net'

/**
 * An address in its one canonical writing: an IPv4 address that comes mapped into IPv6 (`::ffff:10.0.0.1`) is IPv4, an
 * interface (`%eth0`) is left off. Two writings of one address must never count as two devices.
 */
export function canonicalAddress(text: string): string | undefined {
  const address = text.trim().replace(/%.*$/, '')
  if (isIPv4(address)) return address
  if (!isIPv6(address)) return undefined
  const octets = octetsOf(address)
  return octets.length === 4 ? octets.join('.') : new URL(`http://[${address}]/`).hostname.slice(1, -1)
}

/** Whether one of the networks (`10.0.0.0/8`, `2001:db8::/32`, a bare address) holds the address. */
export function isWithin(address: string, networks: readonly string[]): boolean {
  if (isIP(address) === 0) return false
  const octets = octetsOf(address)
  return read(networks).some((network) => holds(network, octets))
}

/** Who counts as one client: an IPv4 address, or the /64 of an IPv6 one, since a host may use any address of it. */
export function clientOf(address: string): string {
  // Nearly all are IPv4, and that is its own client.
  if (isIPv4(address) || !isIPv6(address)) return address
  const octets = octetsOf(address)
  return octets.length === 4 ? octets.join('.') : `${Buffer.from(octets.slice(0, 8)).toString('hex')}/64`
}

interface Network {
  readonly octets: readonly number[]
  readonly bits: number
}

/** A list of networks is read once for as long as it lives: the same list is asked at every request. */
const readLists = new WeakMap<readonly string[], readonly Network[]>()

function read(networks: readonly string[]): readonly Network[] {
  const known = readLists.get(networks)
  if (known) return known
  const fresh = networks.flatMap(readNetwork)
  readLists.set(networks, fresh)
  return fresh
}

/** A text that is no network admits nobody. */
function readNetwork(text: string): readonly Network[] {
  const [address = '', length, ...rest] = text.trim().split('/')
  const family = isIP(address)
  if (family === 0 || rest.length > 0 || (length !== undefined && !/^\d{1,3}$/.test(length))) return []
  const most = family === 4 ? 32 : 128
  const bits = length === undefined ? most : Number(length)
  if (bits > most) return []
  const octets = octetsOf(address)
  if (family === 6 && octets.length === 4) {
    // A mapped network is one of IPv4 when it lies wholly inside the mapped block, else it stays what it is: IPv6.
    return bits >= 96 ? [{ octets, bits: bits - 96 }] : [{ octets: [...mappedPrefix, ...octets], bits }]
  }
  return [{ octets, bits }]
}

function holds(network: Network, octets: readonly number[]): boolean {
  if (network.octets.length !== octets.length) return false
  return network.octets.every((octet, i) => {
    const bits = Math.min(8, Math.max(0, network.bits - i * 8))
    const mask = (0xff << (8 - bits)) & 0xff
    return (octet & mask) === ((octets[i] ?? 0) & mask)
  })
}

const mappedPrefix: readonly number[] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff]

/** 4 octets of an IPv4 address, mapped or not; 16 of any other. The address has been found valid. */
function octetsOf(address: string): readonly number[] {
  if (isIPv4(address)) return address.split('.').map(Number)
  const plain = new URL(`http://[${address.replace(/%.*$/, '')}]/`).hostname.slice(1, -1)
  const [head = '', tail] = plain.split('::')
  const front = groups(head)
  const back = groups(tail ?? '')
  const zeros = new Array<number>(16 - front.length - back.length).fill(0)
  const octets = [...front, ...zeros, ...back]
  return mappedPrefix.every((octet, i) => octet === octets[i]) ? octets.slice(12) : octets
}

function groups(text: string): readonly number[] {
  return text
    .split(':')
    .filter(Boolean)
    .flatMap((group) => [Number.parseInt(group, 16) >> 8, Number.parseInt(group, 16) & 0xff])
}
