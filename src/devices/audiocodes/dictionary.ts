import { type Dictionary, dictionary } from '../dictionary.ts'
import { adapterNames } from './names-adapter.ts'
import { deskPhoneNames } from './names-desk-phone.ts'
import { gatewayNames } from './names-gateway.ts'
import type { Source } from './names-source.ts'

type Entry = readonly [name: string, source: string]

function entries(sources: readonly Source[]): readonly Entry[] {
  return sources.flatMap(([source, names]) =>
    names
      .trim()
      .split(/\s+/)
      .map((name) => [name, source] as const),
  )
}

/** The phones' and the adapters' names are paths; the gateways' are words, known in any case. */
const paths = dictionary(entries([...deskPhoneNames, ...adapterNames]))
const words = dictionary([
  ...new Map(entries(gatewayNames).map(([name, source]) => [name.toLowerCase(), source])),
])

/** A table's column stands here as the vendor writes it: `TrunkGroup_ProfileId`. */
export const audiocodesDictionary: Dictionary = {
  has: (name) => audiocodesDictionary.source(name) !== undefined,
  source: (name) => (name.includes('/') ? paths.source(name) : words.source(name.toLowerCase())),
  names: [...paths.names, ...entries(gatewayNames).map(([name]) => name)],
}
