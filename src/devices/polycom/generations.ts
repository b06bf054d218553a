import type { Model } from '../../domain/model.ts'

/** What one generation of the software understands and another does not. */
export type Feature =
  | 'key assignment' // each physical key can be given a line, a resource or a favourite
  | 'key pages' // keys beyond the visible ones are reached by a page key, once that is switched on
  | 'named switches' // functions are switched by name
  | 'numbered switches' // functions are switched by their number in a list
  | 'base profile' // sold for several kinds of call server, of which one is the open one
  | 'cloud services' // ships with the vendor's cloud functions on
  | 'platform certificates' // takes a CA certificate into a slot of its own
  | 'zero touch' // asks the vendor's redirection service when new

const ucSoftware = ['key assignment', 'named switches', 'platform certificates'] as const
const open = ['base profile', 'zero touch'] as const

const generations: Readonly<Record<string, ReadonlySet<Feature>>> = {
  sip3: new Set<Feature>(['numbered switches']),
  ucs4: new Set<Feature>(ucSoftware),
  ucs5: new Set<Feature>([...ucSoftware, ...open]),
  ucs6: new Set<Feature>([...ucSoftware, ...open, 'key pages']),
  trio: new Set<Feature>([...ucSoftware, ...open]),
  pvos: new Set<Feature>([...ucSoftware, ...open, 'cloud services']),
}

export function featuresOf({ generation, id }: Model): ReadonlySet<Feature> {
  const features = generations[generation]
  if (!features) throw new Error(`${id} is of a generation that no renderer knows: ${generation}`)
  return features
}
