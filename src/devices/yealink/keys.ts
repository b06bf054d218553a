import type { DeviceIntent, KeyIntent } from '../../domain/device-intent.ts'
import { type Dialect, dialectOf } from './dialect.ts'
import { type Entry, nothing, numbers, orNothing, prefixed } from './entry.ts'
import { pageSwitches } from './quirks.ts'

const keyTypes = { none: '0', line: '15', supervision: '16', interception: '13', shortcut: '13' } as const
const pageSwitchType = '37'

/** All keys of the phone itself: those that were ordered, and every remaining one emptied. */
export function phoneKeys(device: DeviceIntent): readonly Entry[] {
  const { keys = 0, memoryKeys = 0 } = device.model
  const places = [
    ...numbers(keys - memoryKeys).map((n) => `linekey.${n}.`),
    ...numbers(memoryKeys).map((n) => `memorykey.${n}.`),
  ]
  const ordered = keysOn(device, 0)
  return places.flatMap((place, i) => prefixed(place, key(ordered.get(i + 1), device)))
}

/** All keys of every module the phone could carry: one that is taken off now must come back empty. */
export function expansionKeys(device: DeviceIntent): readonly Entry[] {
  const types = Object.entries(device.model.expansions ?? {})
  const modules = Math.max(0, ...types.map(([, type]) => type.max))
  const places = Math.max(0, ...types.map(([name, type]) => type.keys + switchesOf(name).length))
  return numbers(modules).flatMap((module) => moduleKeys(module, places, device))
}

function moduleKeys(module: number, places: number, device: DeviceIntent): readonly Entry[] {
  const switches = switchesOf(device.expansion[module - 1])
  const ordered = keysOn(device, module)
  let count = 0
  return numbers(places).flatMap((place) => {
    const prefix = `expansion_module.${module}.key.${place}.`
    if (switches.includes(place)) return prefixed(prefix, pageSwitch(device))
    count++
    return prefixed(prefix, key(ordered.get(count), device))
  })
}

function switchesOf(module: string | undefined): readonly number[] {
  return pageSwitches[module ?? ''] ?? []
}

function keysOn(device: DeviceIntent, module: number): ReadonlyMap<number, KeyIntent> {
  return new Map(device.keys.filter(({ slot }) => slot.module === module).map((key) => [key.slot.key, key]))
}

/** The fields of one key; without a key, those that empty the place. */
function key(key: KeyIntent | undefined, device: DeviceIntent): readonly Entry[] {
  const dialect = dialectOf(device)
  if (!key) return fields(dialect, keyTypes.none, nothing, nothing, nothing, nothing)
  const account = device.model.linesFromZero ? '0' : '1'
  const { label } = key
  switch (key.role) {
    case 'line':
      return fields(dialect, keyTypes.line, account, nothing, label, nothing)
    case 'supervision':
      return fields(dialect, keyTypes.supervision, account, key.sipUser, label, device.codes.directedPickup)
    default:
      return fields(dialect, keyTypes[key.role], account, key.number, label, nothing)
  }
}

function pageSwitch(device: DeviceIntent): readonly Entry[] {
  return fields(dialectOf(device), pageSwitchType, nothing, nothing, nothing, nothing)
}

function fields(
  { pickupFields }: Dialect,
  type: string,
  line: string,
  value: string,
  label: string,
  pickup: string,
): readonly Entry[] {
  const common: readonly Entry[] = [
    ['type', type],
    ['line', line],
    ['value', value],
    ['label', label],
  ]
  return [...common, ...pickupFields.map((name): Entry => [name, orNothing(pickup)])]
}
