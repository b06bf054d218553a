import type { Keys, Shortcut } from './intent.ts'
import type { Model } from './model.ts'

/** A place for a key: counted through pages and modules without a break, and where that is on the device. */
export interface KeySlot {
  /** 1 is the first physical key; modules go on counting. */
  readonly number: number
  /** 0 is the phone itself, 1 the first expansion module. */
  readonly module: number
  /** The key's number on that unit, from 1, all pages counted through. */
  readonly key: number
}

export type PlacedKey =
  | { readonly slot: KeySlot; readonly role: 'line' }
  | { readonly slot: KeySlot; readonly role: 'supervision'; readonly number: string }
  | { readonly slot: KeySlot; readonly role: 'shortcut'; readonly number: string; readonly label: string }
  | { readonly slot: KeySlot; readonly role: 'interception' }

/** More than this many lines on one phone cannot be watched, whatever the model. */
export const maxSupervision = 45

/** Few models in few assemblies, and thousands of phones. */
const known = new WeakMap<Model, Map<string, readonly KeySlot[]>>()

/** All key slots of a phone with its modules, in order. Empty where the model has no keys. */
export function keySlots(model: Model, expansion: readonly string[]): readonly KeySlot[] {
  if (!model.keys) return []
  const assemblies = known.get(model) ?? new Map<string, readonly KeySlot[]>()
  known.set(model, assemblies)
  const assembly = expansion.join(' ')
  const slots = assemblies.get(assembly) ?? slotsOf(model, model.keys, expansion)
  // Only what the model takes: names that somebody tries must not pile up.
  const possible = expansion.every((name) => expansion.length <= (model.expansions?.[name]?.max ?? 0))
  if (possible) assemblies.set(assembly, slots)
  return slots
}

function slotsOf(model: Model, keys: number, expansion: readonly string[]): readonly KeySlot[] {
  const modules = expansion.map((name) => model.expansions?.[name]?.keys ?? 0)
  const own = modules.length > 0 ? (model.keysBesideExpansion ?? keys) : keys
  const slots: KeySlot[] = []
  for (const [module, keys] of [own, ...modules].entries()) {
    for (let key = 1; key <= keys; key++) slots.push({ number: slots.length + 1, module, key })
  }
  return slots
}

/**
 * How many keys a manager may order: all slots less the line's own.
 * `undefined` where the model has no programmable keys at all (an adapter), 0 where it is a phone without any.
 */
export function capacity(model: Model, expansion: readonly string[] = []): number | undefined {
  if (model.keys === undefined) return undefined
  return Math.max(0, keySlots(model, expansion).length - 1)
}

/**
 * The order of keys, the product's first promise: the line's own key, then supervision, then shortcuts,
 * each in the manager's order and without gaps. What does not fit is not placed: see `fitKeys`.
 */
export function layKeys(
  model: Model,
  expansion: readonly string[],
  supervision: readonly string[],
  shortcuts: readonly Shortcut[],
): readonly PlacedKey[] {
  const wanted = 1 + supervision.length + shortcuts.length
  return keySlots(model, expansion)
    .slice(0, wanted)
    .map((slot, i) => placed(slot, i, supervision, shortcuts))
}

function placed(
  slot: KeySlot,
  i: number,
  supervision: readonly string[],
  shortcuts: readonly Shortcut[],
): PlacedKey {
  const number = supervision[i - 1]
  if (number !== undefined) return { slot, role: 'supervision', number }
  const shortcut = shortcuts[i - 1 - supervision.length]
  if (shortcut === undefined) return { slot, role: 'line' }
  if (shortcut === 'interception') return { slot, role: 'interception' }
  return { slot, role: 'shortcut', number: shortcut.number, label: shortcut.label }
}

/** The keys that a (smaller) model still takes, in order, supervision first; and those it does not. */
export function fitKeys(
  keys: Keys,
  model: Model,
  expansion: readonly string[],
): { kept: Keys; dropped: Keys } {
  const room = capacity(model, expansion) ?? 0
  const watched = Math.min(keys.supervision.length, maxSupervision, room)
  const dialled = room - watched
  return {
    kept: { supervision: keys.supervision.slice(0, watched), shortcuts: keys.shortcuts.slice(0, dialled) },
    dropped: { supervision: keys.supervision.slice(watched), shortcuts: keys.shortcuts.slice(dialled) },
  }
}
