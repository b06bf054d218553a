import type { DeviceIntent, KeyIntent } from '../../domain/device-intent.ts'
import type { KeyDuringCall } from '../../domain/intent.ts'
import { capacity, maxSupervision } from '../../domain/key-layout.ts'
import { type Attribute, type Attributes, joined, numbered, numbers, run } from './attributes.ts'
import { oneLine } from './text.ts'

/**
 * What a key does during a call is the type of what it watches: a `normal` resource is called while the call is held,
 * an `automata` gets the call at once, which is also how a call is parked there.
 */
const resourceTypes: Readonly<Record<KeyDuringCall, string>> = {
  hold: 'normal',
  transfer: 'automata',
  park: 'automata',
}

/** What the phone watches, in the order of its keys and without a gap; the rest of the list is emptied. */
export function supervision(device: DeviceIntent): Attributes {
  const watched = device.keys.filter((key) => key.role === 'supervision')
  const type = resourceTypes[device.keyDuringCall]
  const places = Math.max(
    watched.length,
    Math.min(maxSupervision, capacity(device.model, device.expansion) ?? 0),
  )
  return [
    ['attendant.reg', '1'],
    ['attendant.uri', ''],
    ['attendant.behaviors.display.spontaneousCallAppearances.normal', '0'],
    ['attendant.behaviors.display.spontaneousCallAppearances.automata', '0'],
    ...joined(watched.map((key, i) => resource(i + 1, key, type))),
    nobody(watched.length + 1)(places),
  ]
}

type Watched = Extract<KeyIntent, { role: 'supervision' }>

function resource(n: number, { sipUser, label, number }: Watched, type: string): readonly Attribute[] {
  const name = names(n)
  const own: readonly Attribute[] = [
    [name.address, sipUser],
    [name.label, oneLine(label)],
    [name.type, type],
  ]
  return number === sipUser ? own : [...own, [name.callAddress, number]]
}

const names = numbered((n) => {
  const prefix = `attendant.resourceList.${n}.`
  return {
    address: `${prefix}address`,
    label: `${prefix}label`,
    type: `${prefix}type`,
    callAddress: `${prefix}callAddress`,
  }
})

/** Every place from one up to another emptied. */
const nobody = numbered((first) =>
  numbered((last) => run(numbers(first, last).map((n): Attribute => [names(n).address, '']))),
)
