import type { DeviceIntent, KeyIntent } from '../../domain/device-intent.ts'
import { keySlots } from '../../domain/key-layout.ts'
import { type Attribute, type Attributes, flag, joined, type Run, run } from './attributes.ts'
import { shortcuts } from './directory.ts'
import { type Feature, featuresOf } from './generations.ts'

/**
 * What each physical key is, through all pages and modules: those that were ordered, and every remaining one unassigned.
 * Software without key assignment fills its keys by itself: lines, then resources, then favourites. That is our order.
 */
export function keyAssignment(device: DeviceIntent): Attributes {
  const features = featuresOf(device.model)
  const slots = keySlots(device.model, device.expansion).length
  if (slots === 0 || !features.has('key assignment')) return []
  return [['lineKey.reassignment.enabled', '1'], ...pageKey(device, features), places(slots, device.keys)]
}

/** Phones differ in whom their keys call; what each key is, most phones of a model have in common. */
const known = new Map<string, Run>()
const mostKnown = 1000

/** What a key is on the phone: whatever it dials, a favourite is a favourite. */
const marks: Readonly<Record<KeyIntent['role'], string>> = {
  line: 'l',
  supervision: 'w',
  shortcut: 'f',
  interception: 'f',
}

function places(slots: number, keys: readonly KeyIntent[]): Run {
  let layout = `${slots}`
  for (const { role, slot } of keys) layout += marks[role] + slot.number
  const made = known.get(layout) ?? run(placesOf(slots, keys))
  if (known.size >= mostKnown) known.clear()
  known.set(layout, made)
  return made
}

function placesOf(slots: number, keys: readonly KeyIntent[]): readonly Attribute[] {
  const used = new Map<number, readonly Attribute[]>()
  for (const { role, slot } of keys) {
    if (role === 'line') used.set(slot.number, place(slot.number, 'Line', '1'))
    if (role === 'supervision') used.set(slot.number, place(slot.number, 'BLF', '0'))
  }
  for (const [i, { slot }] of shortcuts(keys).entries()) {
    used.set(slot.number, place(slot.number, 'SpeedDial', `${i + 1}`))
  }
  return joined(Array.from({ length: slots }, (_, i) => used.get(i + 1) ?? place(i + 1, 'Unassigned', '0')))
}

type Category = 'Line' | 'BLF' | 'SpeedDial' | 'Unassigned'

/** Resources fill their keys by themselves, in order, when the index is 0; a favourite is named by its own. */
function place(slot: number, category: Category, index: string): readonly Attribute[] {
  return [
    [`lineKey.${slot}.category`, category],
    [`lineKey.${slot}.index`, index],
  ]
}

function pageKey({ model, expansion }: DeviceIntent, features: ReadonlySet<Feature>): readonly Attribute[] {
  if (!features.has('key pages') || model.keysPerPage === undefined) return []
  const own = expansion.length > 0 ? (model.keysBesideExpansion ?? model.keys) : model.keys
  return [['up.Pagination.enabled', flag((own ?? 0) > model.keysPerPage)]]
}
