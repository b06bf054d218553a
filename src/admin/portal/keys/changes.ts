import { lineEdits } from '../../../domain/line-diff.ts'
import { type Order, written } from './draft.ts'

export type KeyRole = 'supervision' | 'shortcut' | 'interception'

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

/** What becomes of keys, as somebody would tell it: those that only close ranks are not worth a word. */
export function keyChanges(
  before: Order,
  after: Order,
  nameOf: (number: string) => string,
): readonly KeyChange[] {
  const [was, is] = [counted(before, nameOf), counted(after, nameOf)]
  const gone: [string, CountedKey][] = []
  const come: [string, CountedKey][] = []
  const [left, right] = [was.values(), is.values()]
  for (const { sign } of lineEdits(names(was), names(is))) {
    if (sign !== '+') take(left, sign === '-' ? gone : [])
    if (sign !== '-') take(right, sign === '+' ? come : [])
  }
  const changes: KeyChange[] = []
  for (const [id, { role, label, key }] of gone) {
    const again = come.findIndex(([other]) => other === id)
    const [moved] = again < 0 ? [] : come.splice(again, 1)
    if (!moved) changes.push({ kind: 'removed', role, label, was: key })
    else if (moved[1].key !== key) changes.push({ kind: 'moved', role, label, was: key, is: moved[1].key })
  }
  for (const [, { role, label, key }] of come) changes.push({ kind: 'added', role, label, is: key })
  return changes.toSorted((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind))
}

const order: readonly KeyChange['kind'][] = ['removed', 'moved', 'added']

function take(from: Iterator<[string, CountedKey]>, to: [string, CountedKey][]): void {
  const next = from.next()
  if (!next.done) to.push(next.value)
}

function names(keys: readonly [string, CountedKey][]): readonly string[] {
  return keys.map(([id]) => id)
}

function counted(
  { supervision, shortcuts }: Order,
  nameOf: (number: string) => string,
): readonly [string, CountedKey][] {
  const watched = supervision.map((number): [string, Omit<CountedKey, 'key'>] => [
    `watched ${number}`,
    { role: 'supervision', label: nameOf(number) },
  ])
  const dialled = shortcuts.map((key): [string, Omit<CountedKey, 'key'>] => [
    written(key),
    key === 'interception' ? { role: key, label: '' } : { role: 'shortcut', label: key.label },
  ])
  return [...watched, ...dialled].map(([id, key], i) => [id, { ...key, key: i + 2 }])
}
