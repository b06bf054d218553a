import type { Hardware } from '../family.ts'
import type { UnderstoodKey, Values } from '../understood.ts'

const turnsThePage = '37'

/** What each physical key is, the phone's first and then each module's; a key that turns the page is not counted. */
export function bootFileKeys(values: Values, hardware: Hardware): readonly UnderstoodKey[] {
  const keys: UnderstoodKey[] = []
  let place = 0
  for (const prefix of physical(values, hardware)) {
    place++
    const key = keyAt(values, prefix, place)
    if (key) keys.push(key)
  }
  return keys
}

function physical(values: Values, { model, expansion }: Hardware): readonly string[] {
  const { keys = 0, memoryKeys = 0, keysBesideExpansion } = model
  const own = expansion.length > 0 ? (keysBesideExpansion ?? keys) : keys
  const modules = expansion.flatMap((name, i) => {
    const wanted = model.expansions?.[name]?.keys ?? 0
    const places: string[] = []
    for (let n = 1; places.length < wanted; n++) {
      const prefix = `expansion_module.${i + 1}.key.${n}`
      if (values.get(`${prefix}.type`) !== turnsThePage) places.push(prefix)
    }
    return places
  })
  return [
    ...Array.from({ length: own - memoryKeys }, (_, i) => `linekey.${i + 1}`),
    ...Array.from({ length: memoryKeys }, (_, i) => `memorykey.${i + 1}`),
    ...modules,
  ]
}

const kinds: Readonly<Record<string, UnderstoodKey['kind']>> = {
  '15': 'line',
  '16': 'supervision',
  '13': 'dial',
}

function keyAt(values: Values, prefix: string, place: number): UnderstoodKey | undefined {
  const type = values.get(`${prefix}.type`) ?? '0'
  if (type === '0') return undefined
  const kind = kinds[type] ?? 'other'
  const label = values.get(`${prefix}.label`) ?? ''
  const target = values.get(`${prefix}.value`) ?? ''
  if (kind === 'line') return { place, kind, label }
  if (kind !== 'supervision') return { place, kind, label, target }
  const pickup = values.get(`${prefix}.extension`) ?? values.get(`${prefix}.pickup_value`) ?? ''
  return { place, kind, label, target, pickup }
}
