import { expect, test } from 'vitest'
import type { Company } from '../../src/domain/intent.ts'
import type { Store } from '../../src/store/store.ts'
import { company, largeFleet, line, opened, operator, rawBytes, save, temporaryFolder } from './support.ts'

const first = line('+33483050173', { firstName: 'Anne', sip: { password: 'Zq8-first' } })
const second = line('+33483050174', { sip: { user: 'own', password: 'Zq8-second' } })

async function telling(): Promise<{ store: Store; folder: string }> {
  const folder = await temporaryFolder()
  return { folder, store: await opened({ folder, messages: true, now: () => 1000 }) }
}

/** What waits to be told of accounts; everything is taken from the queue. */
async function taken(store: Store): Promise<unknown[]> {
  const told: unknown[] = []
  for (;;) {
    const [message] = await store.hooks.take(1000, 1, 1000)
    if (!message) return told
    if (message.type === 'accounts.changed') told.push(message.data)
    await store.hooks.remove(message.id)
  }
}

function fleet(...lines: Company['lines']): Company[] {
  return [company('A', { lines })]
}

const told = (number: string, what: string, parts: object = {}) => {
  return { number, user: number.slice(1), domain: 'sip.example.net', what, ...parts }
}

test('nobody to tell: no message', async () => {
  const store = await opened({ folder: await temporaryFolder() })
  await save(store, [], fleet(first))
  expect(await store.hooks.count()).toBe(0)
})

test('new, renewed, renamed, moved and removed accounts are told; others are not', async () => {
  const { store } = await telling()
  const before = fleet(first, second)
  await save(store, [], before)
  expect(await taken(store)).toStrictEqual([
    {
      company: 'A',
      accounts: [told('+33483050173', 'added'), told('+33483050174', 'added', { user: 'own' })],
    },
  ])
  const renewed = fleet({ ...first, sip: { password: 'other' } }, second)
  await save(store, before, renewed)
  expect(await taken(store)).toStrictEqual([{ company: 'A', accounts: [told('+33483050173', 'changed')] }])
  const renamed = fleet({ ...first, sip: { password: 'other' }, firstName: 'Zoé' }, second)
  await save(store, renewed, renamed)
  expect(await taken(store)).toStrictEqual([{ company: 'A', accounts: [told('+33483050173', 'changed')] }])
  const keyed = fleet(
    { ...first, sip: { password: 'other' }, firstName: 'Zoé', email: 'zoe@example.net' },
    { ...second, sip: { user: 'new', password: 'Zq8-second' } },
  )
  await save(store, renamed, keyed)
  expect(await taken(store)).toStrictEqual([
    {
      company: 'A',
      accounts: [
        told('+33483050174', 'removed', { user: 'own' }),
        told('+33483050174', 'added', { user: 'new' }),
      ],
    },
  ])
  await save(store, keyed, [])
  expect(await taken(store)).toStrictEqual([
    {
      company: 'A',
      accounts: [told('+33483050173', 'removed'), told('+33483050174', 'removed', { user: 'new' })],
    },
  ])
})

test('another domain is another account for every line, changed itself or not', async () => {
  const { store } = await telling()
  await save(store, [], fleet(first, second))
  await taken(store)
  const after = [
    company('A', {
      sip: { domain: 'new.example', transport: 'udp' },
      lines: [first, { ...second, email: 'e@example.net' }],
    }),
  ]
  await save(store, fleet(first, second), after)
  expect(await taken(store)).toStrictEqual([
    {
      company: 'A',
      accounts: [
        told('+33483050174', 'removed', { user: 'own' }),
        told('+33483050174', 'added', { user: 'own', domain: 'new.example' }),
        told('+33483050173', 'removed'),
        told('+33483050173', 'added', { domain: 'new.example' }),
      ],
    },
  ])
})

test('a message holds no password, and comes and goes with its change', async () => {
  const { store, folder } = await telling()
  await save(store, [], fleet(first))
  expect(await rawBytes(folder)).not.toContain('Zq8-first')
  const undone = store.write(operator, async (w) => {
    await w.saveDiff([{ name: 'A', sites: [], lines: [{ before: first }] }], [], {
      summary: 'undone',
      passwordOrigin: () => 'operator',
      makeAccount: () => ({ user: 'u', password: 'p' }),
    })
    throw new Error('no')
  })
  await expect(undone).rejects.toThrow('no')
  expect(await store.hooks.count()).toBe(1)
})

test('a large change is told in several messages, in order', async () => {
  const { store } = await telling()
  const large = largeFleet(1100)
  await save(store, [], [large])
  const messages = (await taken(store)) as { accounts: { number: string }[] }[]
  expect(messages.map(({ accounts }) => accounts.length)).toEqual([500, 500, 100])
  expect(messages.flatMap(({ accounts }) => accounts.map(({ number }) => number))).toEqual(
    large.lines.map(({ number }) => number),
  )
})

test('only the oldest of a subject is due, and a postponed one holds up its subject alone', async () => {
  const { store } = await telling()
  const both = [company('A', { lines: [first] }), company('B', { lines: [second] })]
  await save(store, [], both)
  await save(store, both, [company('A'), company('B')])
  const due = await store.hooks.take(1000, 10, 1000)
  expect(due.map(({ subject }) => subject)).toEqual(['company:A', 'company:B'])
  const [ofA] = due
  await store.hooks.postpone(ofA?.id ?? 0, 5000)
  expect((await store.hooks.take(1000, 10, 1000)).map(({ subject }) => subject)).toEqual(['company:B'])
  const later = await store.hooks.take(5000, 10, 5000)
  expect(later.map(({ subject, attempts }) => [subject, attempts])).toEqual([
    ['company:A', 1],
    ['company:B', 0],
  ])
  expect(later[0]?.uid).toBe(ofA?.uid)
  expect(await store.hooks.count()).toBe(4)
})

test('what one server has in hand no other one is given, until it is given back or silent for long', async () => {
  const { folder, store } = await telling()
  const other = await opened({ folder })
  await save(store, [], [company('A', { lines: [first] })])
  const [mine] = await store.hooks.take(1000, 10, 3000)
  expect(await other.hooks.take(2999, 10, 9000)).toEqual([])
  await store.hooks.giveBack(mine?.id ?? 0, 2000)
  expect(await other.hooks.take(2000, 10, 4000)).toEqual([mine])
  expect(await store.hooks.take(4000, 10, 9000)).toEqual([mine])
})
