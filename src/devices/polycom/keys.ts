import type { DeviceIntent, KeyIntent } from '../../domain/device-intent.ts'
import { keySlots } from '../../domain/key-layout.ts'
import { type Attribute, constant, flag, joined, numbered } from './attributes.ts'
import { shortcuts } from './directory.ts'
import { type Feature, featuresOf } from './generations.ts'

/**
 * What each physical key is, through all pages and modules: those that were ordered, and every remaining one unassigned.
 * Software without key assignment fills its keys by itself: lines, then resources, then favourites. That is our order.
 */
export function keyAssignment(device: DeviceIntent): readonly Attribute[] {
  const features = featuresOf(device.model)
  const slots = keySlots(device.model, device.expansion)
  if (slots.length === 0 || !features.has('key assignment')) return []
  const places = placesOf(device.keys)
  return [
    ['lineKey.reassignment.enabled', '1'],
    ...pageKey(device, features),
    ...joined(slots.map(({ number }) => places.get(number) ?? unassigned(number))),
  ]
}

type Place = readonly [category: Attribute, index: Attribute]

type Category = 'Line' | 'BLF' | 'SpeedDial' | 'Unassigned'

/** Resources fill their keys by themselves, in order, when the index is 0; a favourite is named by its own. */
function placesFor(category: Category, index: string): (slot: number) => Place {
  return numbered((slot) => [
    constant(`lineKey.${slot}.category`, category),
    constant(`lineKey.${slot}.index`, index),
  ])
}

const line = placesFor('Line', '1')
const watched = placesFor('BLF', '0')
const unassigned = placesFor('Unassigned', '0')
const favourite = numbered((index) => placesFor('SpeedDial', `${index}`))

function placesOf(keys: readonly KeyIntent[]): ReadonlyMap<number, Place> {
  const places = new Map<number, Place>()
  for (const { role, slot } of keys) {
    if (role === 'line') places.set(slot.number, line(slot.number))
    if (role === 'supervision') places.set(slot.number, watched(slot.number))
  }
  for (const [i, { slot }] of shortcuts(keys).entries()) {
    places.set(slot.number, favourite(i + 1)(slot.number))
  }
  return places
}

function pageKey({ model, expansion }: DeviceIntent, features: ReadonlySet<Feature>): readonly Attribute[] {
  if (!features.has('key pages') || model.keysPerPage === undefined) return []
  const own = expansion.length > 0 ? (model.keysBesideExpansion ?? model.keys) : model.keys
  return [['up.Pagination.enabled', flag((own ?? 0) > model.keysPerPage)]]
}
