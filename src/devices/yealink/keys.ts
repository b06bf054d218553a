import type { DeviceIntent, KeyIntent } from '../../domain/device-intent.ts'
import type { Model } from '../../domain/model.ts'
import { dialectOf } from './dialect.ts'
import { type Entry, nothing, numbers, orNothing } from './entry.ts'
import { emptiedFrom, type Lines, lines, perModel } from './lines.ts'
import { pageSwitches } from './quirks.ts'

/** The places for keys on one unit: how their parameters' names begin (`linekey.3.`), and the lines that empty them. */
interface Places {
  readonly prefixes: readonly string[]
  readonly each: readonly Lines[]
  readonly from: (place: number) => Lines
}

const keyTypes = { none: '0', line: '15', supervision: '16', interception: '13', shortcut: '13' } as const
const pageSwitchType = '37'

/** All keys of the phone itself: those that were ordered, and every remaining one emptied. */
export function phoneKeys(device: DeviceIntent): Lines {
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
export function expansionKeys(device: DeviceIntent): Lines {
  return modulePlaces(device.model).reduce((text, places, i) => text + fill(places, i + 1, device), '')
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
  const each = prefixes.map((prefix) =>
    lines(fields(model, keyTypes.none, nothing, nothing, nothing, nothing), prefix),
  )
  return { prefixes, each, from: emptiedFrom(each) }
}

function switchesOf(module: string | undefined): readonly number[] {
  return pageSwitches[module ?? ''] ?? []
}

/** The keys of one unit on their places, and the places between and after them emptied. */
function fill({ prefixes, each, from }: Places, module: number, device: DeviceIntent): Lines {
  const switches = switchesOf(device.expansion[module - 1])
  const fieldsAt = new Map<number, readonly Entry[]>(
    switches.map((n) => [n, fields(device.model, pageSwitchType, nothing, nothing, nothing, nothing)]),
  )
  for (const key of device.keys) {
    if (key.slot.module === module) fieldsAt.set(placeOf(key.slot.key, switches), keyFields(key, device))
  }
  const last = Math.max(0, ...fieldsAt.keys())
  let text = ''
  for (const n of numbers(last)) {
    const fields = fieldsAt.get(n)
    text += (fields ? lines(fields, prefixes[n - 1]) : each[n - 1]) ?? ''
  }
  return text + from(last)
}

/** A place that turns the page is passed over. */
function placeOf(key: number, switches: readonly number[]): number {
  return switches.reduce((place, turn) => (turn <= place ? place + 1 : place), key)
}

function keyFields(key: KeyIntent, { model, codes }: DeviceIntent): readonly Entry[] {
  const account = model.linesFromZero ? '0' : '1'
  switch (key.role) {
    case 'line':
      return fields(model, keyTypes.line, account, nothing, key.label, nothing)
    case 'supervision':
      return fields(model, keyTypes.supervision, account, key.sipUser, key.label, codes.directedPickup)
    default:
      return fields(model, keyTypes[key.role], account, key.number, key.label, nothing)
  }
}

function fields(
  model: Model,
  type: string,
  account: string,
  value: string,
  label: string,
  pickup: string,
): readonly Entry[] {
  return [
    ['type', type],
    ['line', account],
    ['value', value],
    ['label', label],
    ...dialectOf({ model }).pickupFields.map((name): Entry => [name, orNothing(pickup)]),
  ]
}
