import type { ShownKeys } from '../../routes/keys-shown.ts'
import { type Order, type Section, written } from './draft.ts'

/** A key in the list of its section. */
export interface Row {
  readonly id: string
  /** What its hidden field holds. */
  readonly value: string
  readonly section: Section
  /** Its place in the section, from 0, and its number on the phone. */
  readonly place: number
  readonly key: number
  readonly label: string
  readonly number: string
  readonly isFirst: boolean
  readonly isLast: boolean
}

/** What the lines on keys are called, as far as these keys know them. */
export type NameOf = (number: string) => string

export function namesIn(...known: readonly Pick<ShownKeys, 'layout'>[]): NameOf {
  const names = new Map(
    known.flatMap(({ layout }) =>
      layout
        .filter(({ role }) => role === 'supervision')
        .map(({ number, label }) => [number, label] as const),
    ),
  )
  return (number) => names.get(number) ?? number
}

export function supervisionRows({ supervision }: Order, nameOf: NameOf): readonly Row[] {
  return rows(
    'supervision',
    2,
    supervision.map((number) => ({ value: number, number, label: nameOf(number) })),
  )
}

/** The interception key has its label and its code from the phone's point of view: `interception` names both. */
export function shortcutRows(
  { supervision, shortcuts }: Order,
  interception: { readonly label: string; readonly number: string },
): readonly Row[] {
  return rows(
    'shortcuts',
    2 + supervision.length,
    shortcuts.map((key) => {
      const { label, number } = key === 'interception' ? interception : key
      return { value: written(key), label, number }
    }),
  )
}

function rows(
  section: Section,
  first: number,
  keys: readonly Pick<Row, 'value' | 'label' | 'number'>[],
): readonly Row[] {
  return keys.map((key, place) => {
    // The same key may stand there twice: whoever moves one of them stays on it.
    const twin = keys.slice(0, place).filter(({ value }) => value === key.value).length
    return {
      ...key,
      id: `${section}-${encodeURIComponent(key.value)}-${twin}`,
      section,
      place,
      key: first + place,
      isFirst: place === 0,
      isLast: place === keys.length - 1,
    }
  })
}
