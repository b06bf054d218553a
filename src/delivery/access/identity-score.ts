import type { Driver } from '../../devices/driver.ts'
import type { Model } from '../../domain/model.ts'
import type { Candidate } from './identity-evidence.ts'

/** What each hint is worth. A linked model decides; a user agent beats an address block, and that beats a name. */
const weights = { linked: 16, userAgent: 8, prefix: 4, namedModel: 2, name: 1 } as const

/** How much speaks for a driver, and what. */
export function score(
  candidate: Candidate,
  mac: string | undefined,
  linked: Model | undefined,
): { readonly points: number; readonly why: readonly string[] } {
  const { driver } = candidate
  const { prefixes } = knownOf(driver)
  const why: string[] = []
  let points = 0
  const hint = (holds: boolean, weight: number, reason: string) => {
    if (!holds) return
    points += weight
    why.push(`${reason} ${driver.name}`)
  }
  hint(linked !== undefined && makes(driver, linked), weights.linked, 'the linked model is one of')
  hint(candidate.userAgent !== undefined, weights.userAgent, 'the user agent is one of')
  hint(mac !== undefined && prefixes.has(mac.slice(0, 6)), weights.prefix, 'the address block belongs to')
  hint(candidate.namedModel !== undefined, weights.namedModel, 'the name holds a model of')
  hint(candidate.kind !== undefined, weights.name, 'the name is one asked by devices of')
  return { points, why }
}

export function makes(driver: Driver, model: Model): boolean {
  return knownOf(driver).models.has(model.id)
}

interface Known {
  readonly prefixes: ReadonlySet<string>
  readonly models: ReadonlySet<string>
}

/** What is looked up of a driver at every request, put together once. */
const known = new WeakMap<Driver, Known>()

function knownOf(driver: Driver): Known {
  let found = known.get(driver)
  if (!found) {
    const prefixes = new Set(Object.values(driver.prefixes).flat())
    found = { prefixes, models: new Set(driver.models.map(({ id }) => id)) }
    known.set(driver, found)
  }
  return found
}
