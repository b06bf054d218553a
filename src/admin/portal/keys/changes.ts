import { lineEdits } from '../../../domain/line-diff.ts'
import { type Order, written } from './draft.ts'

type KeyRole = 'supervision' | 'shortcut' | 'interception'

/** One key that comes, goes or takes another place; keys are counted as on the phone, whose first is its own line. */
export interface KeyChange {
  readonly kind: 'added' | 'removed' | 'moved'
  readonly role: KeyRole
  readonly label: string
  readonly was?: number
  readonly is?: number
}

interface CountedKey {
  readonly role: KeyRole
  readonly label: string
  readonly key: number
}

type Counted = ReadonlyMap<string, CountedKey>

/** What becomes of keys, as somebody would tell it: those that only close ranks are not worth a word. */
export function keyChanges(
  before: Order,
  after: Order,
  nameOf: (number: string) => string,
): readonly KeyChange[] {
  const [was, is] = [counted(before, nameOf), counted(after, nameOf)]
  const removed = [...was]
    .filter(([id]) => !is.has(id))
    .map(([, { key, ...rest }]) => ({ ...rest, was: key }))
  const added = [...is].filter(([id]) => !was.has(id)).map(([, { key, ...rest }]) => ({ ...rest, is: key }))
  return [
    ...removed.map((key) => ({ kind: 'removed' as const, ...key })),
    ...moves(was, is),
    ...added.map((key) => ({ kind: 'added' as const, ...key })),
  ]
}

/** As few keys as tell the new order; where one of these has the number it had, those that have gone round it instead. */
function moves(was: Counted, is: Counted): readonly KeyChange[] {
  const common = [...was.keys()].filter((id) => is.has(id))
  const then = [...is.keys()].filter((id) => was.has(id))
  const told = (id: string): KeyChange[] => {
    const [old, now] = [was.get(id), is.get(id)]
    if (!old || !now || old.key === now.key) return []
    return [{ kind: 'moved', role: now.role, label: now.label, was: old.key, is: now.key }]
  }
  const fewest = lineEdits(common, then).flatMap(({ sign, text }) => (sign === '-' ? [text] : []))
  const moved = fewest.flatMap(told)
  return moved.length === fewest.length ? moved : common.filter((id, i) => then[i] !== id).flatMap(told)
}

function counted({ supervision, shortcuts }: Order, nameOf: (number: string) => string): Counted {
  const watched = supervision.map((number) => [`watched ${number}`, watching(nameOf(number))] as const)
  const keys = [...watched, ...shortcuts.map((key) => [written(key), dialling(key)] as const)]
  // The same key may be there twice.
  const seen = new Map<string, number>()
  return new Map(
    keys.map(([id, key], i) => {
      const times = (seen.get(id) ?? 0) + 1
      seen.set(id, times)
      return [`${id} ${times}`, { ...key, key: i + 2 }] as const
    }),
  )
}

function watching(label: string): Omit<CountedKey, 'key'> {
  return { role: 'supervision', label }
}

function dialling(key: Order['shortcuts'][number]): Omit<CountedKey, 'key'> {
  return key === 'interception' ? { role: key, label: '' } : { role: 'shortcut', label: key.label }
}
