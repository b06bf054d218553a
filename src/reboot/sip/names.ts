import { lookup, Resolver } from 'node:dns/promises'
import type { Names } from './resolve.ts'

/** This machine's own names, its hosts file among them; service records it takes from its name servers. */
export function systemNames(): Names {
  // Without limits of its own, a name server that is down would hold every wake up for half a minute.
  const resolver = new Resolver({ timeout: 2000, tries: 2 })
  return {
    addresses: async (name) => (await lookup(name, { all: true })).map(({ address }) => address),
    services: (name) => resolver.resolveSrv(name),
  }
}
