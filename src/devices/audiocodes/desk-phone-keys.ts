import type { DeviceIntent, KeyIntent } from '../../domain/device-intent.ts'
import { keySlots } from '../../domain/key-layout.ts'
import type { Model } from '../../domain/model.ts'
import { type Setting, set } from './settings.ts'

/** How a phone numbers its functional keys: how many there are, and which of them is its own line's. */
interface FunctionalKeys {
  readonly count: number
  readonly own: number
}

/**
 * On the 430HD and 440HD the twelve programmable keys come first and the six line keys after them, so the line's own
 * key is 12. A model that is not here counts its keys from 0 in the order of the catalogue.
 */
const functionalKeys: Readonly<Record<string, FunctionalKeys>> = {
  'audiocodes/430hd': { count: 18, own: 12 },
  'audiocodes/440hd': { count: 18, own: 12 },
  'audiocodes/450hd': { count: 38, own: 0 },
}

/** The phone's index of each key slot, the first slot (the line's own) first; empty for a phone without keys. */
export function keyIndexes(model: Model, expansion: readonly string[]): readonly number[] {
  const slots = keySlots(model, expansion).length
  if (slots === 0) return []
  const { count, own } = functionalKeys[model.id] ?? { count: slots, own: 0 }
  const others = Array.from({ length: count }, (_, index) => index).filter((index) => index !== own)
  return [own, ...others]
}

/** Every functional key the phone has, by index: what has no use is emptied, so that nothing old stays on it. */
export function keys(device: DeviceIntent): readonly Setting[] {
  const indexes = keyIndexes(device.model, device.expansion)
  if (indexes.length === 0) return []
  const byIndex = new Map(device.keys.map((key) => [indexes[key.slot.number - 1], key]))
  const each = [...indexes].sort((a, b) => a - b).flatMap((index) => keySettings(index, byIndex.get(index)))
  return [set('system/enable_key_configuration', 0), ...each]
}

function keySettings(index: number, key: KeyIntent | undefined): readonly Setting[] {
  const path = `personal_settings/functional_key/${index}`
  if (!key) return [set(`${path}/type`, 'EMPTY')]
  const label = set(`${path}/key_label`, key.label)
  switch (key.role) {
    case 'line':
      return [set(`${path}/type`, 'SIP_ACCOUNT'), label]
    case 'supervision':
      // The phone has one number for both uses: what it watches must be the account, so that is also what it dials.
      return [set(`${path}/type`, 'SPEED_DIAL_BLF'), label, set(`${path}/speed_dial_number`, key.sipUser)]
    case 'shortcut':
    case 'interception':
      return [set(`${path}/type`, 'SPEED_DIAL'), label, set(`${path}/speed_dial_number`, key.number)]
  }
}
