import { fault } from '../../domain/problem.ts'
import { type Blame, numberSaid, wholeNumber } from './line-row.ts'
import { type Placed, said, shown } from './table.ts'
import { type KeyType, keyTypeMeant, keyTypes } from './words.ts'

export interface RowKeys {
  readonly keys: { readonly supervision: readonly string[]; readonly shortcuts: readonly unknown[] }
  /** The rows that the keys come from, in the order of the keys. */
  readonly supervision: readonly Placed[]
  readonly shortcuts: readonly Placed[]
}

interface KeyRow {
  readonly placed: Placed
  readonly type: KeyType
  readonly position: number
  readonly key: unknown
}

/** All keys of one line from its rows: by their positions, and where these are silent in the order of the rows. */
export function keysOfRows(rows: readonly Placed[], blame: (placed: Placed) => Blame): RowKeys {
  const read = rows.flatMap((placed) => keyOf(placed, blame(placed)) ?? [])
  const sorted = read.toSorted((a, b) => a.position - b.position)
  const supervision = sorted.filter(({ type }) => type === 'supervision')
  const shortcuts = sorted.filter(({ type }) => type === 'shortcut' || type === 'interception')
  return {
    keys: {
      supervision: supervision.map(({ key }) => String(key)),
      shortcuts: shortcuts.map(({ key }) => key),
    },
    supervision: supervision.map(({ placed }) => placed),
    shortcuts: shortcuts.map(({ placed }) => placed),
  }
}

function keyOf(placed: Placed, blame: Blame): KeyRow | undefined {
  const word = said(placed, 'type', blame)
  const type = word == null ? undefined : keyTypeMeant(word)
  const position = wholeNumber(said(placed, 'position', blame), 'position', blame) ?? Number.POSITIVE_INFINITY
  if (type === undefined) {
    const possible = `write one of ${keyTypes.join(', ')}`
    blame(
      'type',
      word == null
        ? fault('missing-field', '', 'the type of the key is missing', possible)
        : fault('unknown-value', '', `"${shown(word)}" is no type of key`, possible),
    )
    return undefined
  }
  if (type === 'interception' || type === 'none') return { placed, type, position, key: 'interception' }
  const number = numberSaid(placed, 'number', blame)
  const label = said(placed, 'label', blame)
  if (number === undefined) {
    blame('number', fault('missing-field', '', 'the number of the key is missing', 'write it'))
    return undefined
  }
  if (type === 'supervision') return { placed, type, position, key: number }
  if (label == null) {
    blame('label', fault('label-empty', '', 'the label is empty', 'write what the key should show'))
    return undefined
  }
  return { placed, type, position, key: { number, label } }
}
