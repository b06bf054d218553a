import type { SrvRecord } from 'node:dns'
import { isIP } from 'node:net'
import { type Hop, usualPort } from './errand.ts'
import { addressOf, type NoPath, type Place } from './path.ts'

/** What names lead to; fails where there is nothing. */
export interface Names {
  addresses(name: string): Promise<readonly string[]>
  services(name: string): Promise<readonly SrvRecord[]>
}

type Found = readonly Place[] | NoPath

export interface Resolver {
  /** Where a hop is, best first; at once where nobody has to be asked. */
  places(hop: Hop, reachesIPv6: boolean): Found | Promise<Found>
  /** This place did not answer: for a while the others come before it. */
  avoid(place: Place): void
}

const services = { udp: '_sip._udp', tcp: '_sip._tcp', tls: '_sips._tcp' } as const

/** Short enough for a server that moves, long enough for the wakes of a whole company. */
const REMEMBERED = 30_000
const AVOIDED = 300_000
const MOST_NAMES = 1000
const MOST_PLACES = 3

/** RFC 3263 as far as it goes without NAPTR: the transport is known, and a port that is given is meant. */
export function createResolver(names: Names, now: () => number): Resolver {
  const known = new Map<string, { readonly until: number; places: Found | Promise<Found> }>()
  const avoided = new Map<string, number>()

  const find = async (hop: Hop, reachesIPv6: boolean): Promise<Found> => {
    const targets = hop.port === undefined ? await servicesOf(names, hop) : []
    if (targets.length === 0) {
      targets.push({ name: hop.host, port: hop.port ?? usualPort(hop.transport) })
    }
    const found: Place[] = []
    for (const { name, port } of targets.slice(0, MOST_PLACES)) {
      const addresses = await names.addresses(name).catch(() => [])
      const reached = addresses.filter((address) => reachesIPv6 || isIP(address) === 4)
      found.push(...reached.map((address) => ({ address, port })))
    }
    if (found.length > 0) return found.slice(0, MOST_PLACES)
    return { noPath: `the name ${hop.host} leads to no address` }
  }

  const isAvoided = (place: Place): boolean => (avoided.get(addressOf(place)) ?? 0) > now()

  const avoidedLast = (places: Found): Found => {
    if ('noPath' in places || avoided.size === 0) return places
    return [...places.filter((place) => !isAvoided(place)), ...places.filter(isAvoided)]
  }

  /** What is being asked for, or was found lately. */
  const lookUp = (hop: Hop, reachesIPv6: boolean): Found | Promise<Found> => {
    const key = `${hop.transport} ${hop.host} ${hop.port} ${reachesIPv6}`
    const entry = known.get(key)
    if (entry && entry.until > now()) return entry.places
    const asking = find(hop, reachesIPv6)
    const made = { until: now() + REMEMBERED, places: asking as Found | Promise<Found> }
    if (known.size >= MOST_NAMES) known.clear()
    known.set(key, made)
    void asking.then((places) => {
      made.places = places
    })
    return asking
  }

  return {
    places(hop, reachesIPv6) {
      const family = isIP(hop.host)
      if (family !== 0) {
        if (family === 6 && !reachesIPv6) return { noPath: `${hop.host} is not reached over IPv4` }
        return [{ address: hop.host, port: hop.port ?? usualPort(hop.transport) }]
      }
      const places = lookUp(hop, reachesIPv6)
      return places instanceof Promise ? places.then(avoidedLast) : avoidedLast(places)
    },
    avoid(place) {
      if (avoided.size >= MOST_NAMES) avoided.clear()
      avoided.set(addressOf(place), now() + AVOIDED)
    },
  }
}

/** By priority; of the same priority by lot, where a greater weight wins more often. */
async function servicesOf(names: Names, { host, transport }: Hop): Promise<{ name: string; port: number }[]> {
  const records = await names.services(`${services[transport]}.${host}`).catch(() => [])
  return records
    .map((record) => ({ ...record, lot: -Math.log(1 - Math.random()) / (record.weight || 0.01) }))
    .sort((a, b) => a.priority - b.priority || a.lot - b.lot)
    .filter(({ name }) => name !== '' && name !== '.')
    .map(({ name, port }) => ({ name, port }))
}
