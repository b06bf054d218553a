import type { DeviceIntent, KeyIntent } from '../../domain/device-intent.ts'
import type { Model } from '../../domain/model.ts'
import type { Parts } from '../parts.ts'
import { dialectOf } from './dialect.ts'
import { nothing, numbers } from './entry.ts'
import { cfgValue } from './escape.ts'
import { emptiedFrom, type Lines, perModel } from './lines.ts'
import { pageSwitches } from './quirks.ts'

/** A place for a key: its lines up to each value that differs from key to key. */
interface Place {
  /** What the key is and on which account, up to its value. */
  readonly opening: Readonly<Record<keyof typeof keyTypes, string>>
  readonly label: string
  readonly pickups: readonly string[]
  /** What ends the lines of a key that takes no call. */
  readonly noPickup: string
  /** All lines of a place that nobody uses. */
  readonly emptied: Lines
}

/** The places on one unit, and the lines that empty one and all after it. */
interface Places {
  readonly each: readonly Place[]
  readonly emptiedFrom: (place: number) => Parts
}

const keyTypes = {
  none: '0',
  line: '15',
  supervision: '16',
  interception: '13',
  shortcut: '13',
  'page switch': '37',
} as const

/** All keys of the phone itself: those that were ordered, and every remaining one emptied. */
export function phoneKeys(device: DeviceIntent): Parts {
  return fill(phonePlaces(device.model), 0, device)
}

const phonePlaces = perModel((model) => {
  const { keys = 0, memoryKeys = 0 } = model
  return places(model, [
    ...numbers(keys - memoryKeys).map((n) => `linekey.${n}.`),
    ...numbers(memoryKeys).map((n) => `memorykey.${n}.`),
  ])
})

/** All keys of every module the phone could carry: one that is taken off now must come back empty. */
export function expansionKeys(device: DeviceIntent): Parts {
  return modulePlaces(device.model).flatMap((places, i) => fill(places, i + 1, device))
}

const modulePlaces = perModel((model) => {
  const types = Object.entries(model.expansions ?? {})
  const modules = Math.max(0, ...types.map(([, type]) => type.max))
  const most = Math.max(0, ...types.map(([name, type]) => type.keys + switchesOf(name).length))
  return numbers(modules).map((module) =>
    places(
      model,
      numbers(most).map((n) => `expansion_module.${module}.key.${n}.`),
    ),
  )
})

function places(model: Model, prefixes: readonly string[]): Places {
  const each = prefixes.map((prefix) => place(model, prefix))
  return { each, emptiedFrom: emptiedFrom(each.map(({ emptied }) => emptied)) }
}

/** Put together once: with forty keys and more, names would cost more than all else that is written. */
function place(model: Model, prefix: string): Place {
  const account = model.linesFromZero ? '0' : '1'
  const opening = (type: string, line: string): string =>
    `${prefix}type = ${type}\n${prefix}line = ${line}\n${prefix}value = `
  const label = `\n${prefix}label = `
  const pickups = dialectOf({ model }).pickupFields.map((name) => `\n${prefix}${name} = `)
  const noPickup = `${pickups.map((pickup) => pickup + nothing).join('')}\n`
  return {
    opening: {
      none: opening(keyTypes.none, nothing),
      line: opening(keyTypes.line, account),
      supervision: opening(keyTypes.supervision, account),
      interception: opening(keyTypes.interception, account),
      shortcut: opening(keyTypes.shortcut, account),
      'page switch': opening(keyTypes['page switch'], nothing),
    },
    label,
    pickups,
    noPickup,
    emptied: opening(keyTypes.none, nothing) + nothing + label + nothing + noPickup,
  }
}

function switchesOf(module: string | undefined): readonly number[] {
  return pageSwitches[module ?? ''] ?? []
}

/** The keys of one unit on their places, and the places between and after them emptied. */
function fill({ each, emptiedFrom }: Places, module: number, device: DeviceIntent): Parts {
  const switches = switchesOf(device.expansion[module - 1])
  const keys: (KeyIntent | 'page switch' | undefined)[] = []
  for (const n of switches) keys[n] = 'page switch'
  for (const key of device.keys) {
    if (key.slot.module === module) keys[placeOf(key.slot.key, switches)] = key
  }
  if (keys.length === 0) return emptiedFrom(0)
  const pickup = cfgValue(device.codes.directedPickup)
  const last = keys.length - 1
  let text = ''
  for (const [i, place] of each.slice(0, last).entries()) {
    const key = keys[i + 1]
    text += key ? keyLines(key, place, pickup) : place.emptied
  }
  return [text, ...emptiedFrom(last)]
}

/** A place that turns the page is passed over. */
function placeOf(key: number, switches: readonly number[]): number {
  return switches.reduce((place, turn) => (turn <= place ? place + 1 : place), key)
}

function keyLines(key: KeyIntent | 'page switch', place: Place, pickup: string): Lines {
  const { opening, label, pickups, noPickup } = place
  if (key === 'page switch') return opening[key] + nothing + label + nothing + noPickup
  const labelled = label + cfgValue(key.label)
  switch (key.role) {
    case 'line':
      return opening.line + nothing + labelled + noPickup
    case 'supervision': {
      const taken = pickups.reduce((text, name) => text + name + pickup, labelled)
      return `${opening.supervision}${cfgValue(key.sipUser)}${taken}\n`
    }
    default:
      return opening[key.role] + cfgValue(key.number) + labelled + noPickup
  }
}
