import type { KeyIntent } from '../../domain/device-intent.ts'
import { cutToBytes, oneLine } from './text.ts'

type ShortcutKey = Exclude<KeyIntent, { readonly role: 'line' | 'supervision' }>

/** The keys that dial: they are favourites 1, 2, 3… of the phone's directory, in the order of the keys. */
export function shortcuts(keys: readonly KeyIntent[]): readonly ShortcutKey[] {
  return keys.filter((key): key is ShortcutKey => key.role === 'interception' || key.role === 'shortcut')
}

/** Names and labels of the directory end after so many bytes. */
const longestName = 40

interface Favourite {
  readonly index: string
  readonly label: string
  readonly number: string
}

/** The phone's directory. It is written even when empty: the entries of whoever had the phone before must go. */
export function favourites(keys: readonly KeyIntent[]): readonly Favourite[] {
  return shortcuts(keys).map(({ label, number }, i) => ({
    index: `${i + 1}`,
    label: cutToBytes(oneLine(label), longestName),
    number: oneLine(number),
  }))
}
