import type { Model } from '../../domain/model.ts'
import { type Block, block, type Parts } from '../parts.ts'
import type { Dialect } from './dialect.ts'
import type { Entry } from './entry.ts'
import { cfgValue } from './escape.ts'

/** Part of a configuration file: lines of `name = value`, each ended, each value harmless. */
export type Lines = string

export function lines(entries: readonly Entry[], prefix = ''): Lines {
  let text = ''
  for (const [name, value] of entries) text += `${prefix}${name} = ${cfgValue(value)}\n`
  return text
}

/** Parameters under the names they bear in the device's generation. */
export function staticLines({ staticPrefixes }: Dialect, entries: readonly Entry[]): Lines {
  let text = ''
  for (const prefix of staticPrefixes) text += lines(entries, prefix)
  return text
}

/** The lines that empty a place and every place after it; made when first wanted, since few cuts ever are. */
export function emptiedFrom(places: readonly Lines[]): (place: number) => Parts {
  const made: (readonly Block[])[] = []
  return (place) => {
    made[place] ??= place < places.length ? [block(places.slice(place).join(''))] : []
    return made[place]
  }
}

/**
 * What depends on the model alone is made once. A phone with modules has some thousand lines that only empty places
 * it does not use, and a fleet that is rendered anew would spend its time on those.
 */
export function perModel<T>(make: (model: Model) => T): (model: Model) => T {
  const made = new WeakMap<Model, { readonly value: T }>()
  return (model) => {
    const known = made.get(model) ?? { value: make(model) }
    made.set(model, known)
    return known.value
  }
}
