import fc from 'fast-check'
import { expect, test } from 'vitest'
import { keyChanges } from '../../../src/admin/portal/keys/changes.ts'
import { edited, type Order, written } from '../../../src/admin/portal/keys/draft.ts'
import type { Form } from '../../../src/admin/portal/page.ts'

const nameOf = (number: string) => `line ${number}`
const pierre = { number: '0187044093', label: 'Pierre Durand' }

const press = (fields: Readonly<Record<string, string>>): Form => ({
  one: (name) => fields[name],
  all: () => [],
  file: () => undefined,
  fields,
})

const anOrder: fc.Arbitrary<Order> = fc.record({
  supervision: fc.uniqueArray(fc.constantFrom('+331', '+332', '+333', '+334', '+335')),
  shortcuts: fc.uniqueArray(
    fc.constantFrom<Order['shortcuts'][number]>('interception', pierre, { number: '15', label: 'SAMU' }),
  ),
})

test('what comes, goes and moves is told with its keys, and what only closes ranks is not', () => {
  const before: Order = { supervision: ['+331', '+332', '+333'], shortcuts: ['interception', pierre] }
  const after: Order = { supervision: ['+333', '+332'], shortcuts: [pierre, 'interception'] }
  expect(keyChanges(before, after, nameOf)).toEqual([
    { kind: 'removed', role: 'supervision', label: 'line +331', was: 2 },
    { kind: 'moved', role: 'supervision', label: 'line +333', was: 4, is: 2 },
    { kind: 'moved', role: 'shortcut', label: 'Pierre Durand', was: 6, is: 4 },
  ])
})

test('one key that goes to the end is one change', () => {
  const before: Order = { supervision: ['+331', '+332', '+333'], shortcuts: [] }
  const after: Order = { supervision: ['+332', '+333', '+331'], shortcuts: [] }
  expect(keyChanges(before, after, nameOf)).toEqual([
    { kind: 'moved', role: 'supervision', label: 'line +331', was: 2, is: 4 },
  ])
})

test('another order of the same keys is always told', () => {
  fc.assert(
    fc.property(anOrder, anOrder, (a, b) => {
      const kept = a.supervision.filter((number) => b.supervision.includes(number))
      const then = b.supervision.filter((number) => a.supervision.includes(number))
      const told = keyChanges({ ...a, shortcuts: [] }, { ...b, shortcuts: [] }, nameOf)
      expect(told.some(({ kind }) => kind === 'moved')).toBe(kept.join() !== then.join())
    }),
  )
})

test('an order has no changes to itself; to another one it has some', () => {
  fc.assert(
    fc.property(anOrder, anOrder, (a, b) => {
      expect(keyChanges(a, a, nameOf)).toEqual([])
      const isSame = JSON.stringify(a) === JSON.stringify(b)
      expect(keyChanges(a, b, nameOf).length === 0).toBe(isSame)
    }),
  )
})

test('what is added and removed makes up the difference in number', () => {
  fc.assert(
    fc.property(anOrder, anOrder, (a, b) => {
      const changes = keyChanges(a, b, nameOf)
      const count = (kind: string) => changes.filter((change) => change.kind === kind).length
      const size = ({ supervision, shortcuts }: Order) => supervision.length + shortcuts.length
      expect(size(a) + count('added') - count('removed')).toBe(size(b))
    }),
  )
})

test('up and then down leaves keys where they were, unless they were at the top', () => {
  fc.assert(
    fc.property(anOrder, fc.nat(4), (order, place) => {
      const up = edited(order, press({ do: `up supervision ${place}` }))
      const back = edited(up, press({ do: `down supervision ${place - 1}` }))
      if (place > 0) expect(back).toEqual(order)
      expect([...up.supervision].sort()).toEqual([...order.supervision].sort())
    }),
  )
})

test('a key that is pressed for comes last in its section', () => {
  const order: Order = { supervision: ['+331'], shortcuts: [pierre] }
  expect(edited(order, press({ do: 'watch +332' })).supervision).toEqual(['+331', '+332'])
  expect(
    edited(order, press({ do: `shorten ${written({ number: '15', label: 'Le SAMU' })}` })).shortcuts,
  ).toEqual([pierre, { number: '15', label: 'Le SAMU' }])
  expect(edited(order, press({ do: 'type', number: '15', label: 'SAMU' })).shortcuts).toHaveLength(2)
  expect(edited(order, press({ do: 'type' }))).toEqual(order)
})

test('a press for a key that is not there changes nothing', () => {
  const order: Order = { supervision: ['+331'], shortcuts: [pierre] }
  for (const pressed of [
    'drop supervision 7',
    'up shortcuts -3',
    'drop nothing 0',
    'down',
    'drop supervision x',
  ]) {
    expect(edited(order, press({ do: pressed })), pressed).toEqual(order)
  }
})
