import { keySlots } from '../../domain/key-layout.ts'
import type { Hardware } from '../family.ts'
import type { UnderstoodKey, UnderstoodLine, Values } from '../understood.ts'
import type { Element } from './xml.ts'

/** An entry of the phone's directory that a key dials. */
export interface Favourite {
  readonly index: number
  readonly label: string
  readonly number: string
}

/** Those with an index, in its order. */
export function favouritesOf({ children: [list] }: Element): readonly Favourite[] {
  const items = (list?.children ?? []).map(({ children }) => {
    const text = (tag: string): string => children.find(({ name }) => name === tag)?.text ?? ''
    return { index: Number(text('sd')), label: text('lb') || text('fn'), number: text('ct') }
  })
  return items.filter(({ index }) => index > 0).sort((a, b) => a.index - b.index)
}

/** What each physical key is, through all pages and modules. */
export function keysOf(
  values: Values,
  favourites: readonly Favourite[],
  lines: readonly UnderstoodLine[],
  { model, expansion }: Hardware,
): readonly UnderstoodKey[] {
  const slots = keySlots(model, expansion)
  const watched = resourcesOf(values)
  const line = (n: number): Omit<UnderstoodKey, 'place'> => ({
    kind: 'line',
    label: values.get(`reg.${n}.label`) ?? '',
  })
  const dial = (one: Favourite | undefined): Omit<UnderstoodKey, 'place'> => ({
    kind: 'dial',
    label: one?.label ?? '',
    target: one?.number ?? '',
  })
  if (values.get('lineKey.reassignment.enabled') !== '1') {
    // Left to itself the phone fills its keys in this order.
    const own = [...lines.map(({ port }) => line(port)), ...watched, ...favourites.map(dial)]
    return own.slice(0, slots.length).map((key, i) => ({ place: i + 1, ...key }))
  }
  let next = 0
  const keys: UnderstoodKey[] = []
  for (const { number: place } of slots) {
    const index = Number(values.get(`lineKey.${place}.index`) ?? 0)
    const category = values.get(`lineKey.${place}.category`)
    if (category === 'Line') keys.push({ place, ...line(index) })
    else if (category === 'SpeedDial')
      keys.push({ place, ...dial(favourites.find((one) => one.index === index)) })
    else if (category === 'BLF') {
      const resource = watched[index === 0 ? next++ : index - 1]
      keys.push({ place, ...(resource ?? { kind: 'supervision', label: '', target: '' }) })
    } else if (category !== undefined && category !== 'Unassigned') {
      keys.push({ place, kind: 'other', label: category })
    }
  }
  return keys
}

function resourcesOf(values: Values): readonly Omit<UnderstoodKey, 'place'>[] {
  const resources: Omit<UnderstoodKey, 'place'>[] = []
  for (let n = 1; ; n++) {
    const of = (name: string): string | undefined => values.get(`attendant.resourceList.${n}.${name}`)
    const address = of('address')
    if (address === undefined || address === '') return resources
    const dials = of('callAddress') ?? address
    resources.push({ kind: 'supervision', label: of('label') ?? '', target: address, dials })
  }
}
