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
  const prefixes = Object.values(driver.prefixes).flat()
  const hints: readonly (readonly [boolean, number, string])[] = [
    [linked !== undefined && makes(driver, linked), weights.linked, 'the linked model is one of'],
    [candidate.userAgent !== undefined, weights.userAgent, 'the user agent is one of'],
    [mac !== undefined && prefixes.includes(mac.slice(0, 6)), weights.prefix, 'the address block belongs to'],
    [candidate.namedModel !== undefined, weights.namedModel, 'the name holds a model of'],
    [candidate.kind !== undefined, weights.name, 'the name is one asked by devices of'],
  ]
  const held = hints.filter(([holds]) => holds)
  return {
    points: held.reduce((sum, [, weight]) => sum + weight, 0),
    why: held.map(([, , reason]) => `${reason} ${driver.name}`),
  }
}

export function makes(driver: Driver, model: Model): boolean {
  return driver.models.some(({ id }) => id === model.id)
}
