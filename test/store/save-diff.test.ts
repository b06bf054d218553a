import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Company, Line } from '../../src/domain/intent.ts'
import { makeDeviceAccount } from '../../src/fleet/passwords.ts'
import {
  company,
  impact,
  largeFleet,
  line,
  opened,
  operator,
  richFleet,
  rows,
  save,
  temporaryFolder,
} from './support.ts'

test('any fleet turns into any other, and back into nothing', { timeout: 60_000 }, async () => {
  const store = await opened({ folder: await temporaryFolder() })
  let present: readonly Company[] = []
  await fc.assert(
    fc.asyncProperty(fleets, async (wanted) => {
      await save(store, present, wanted)
      present = wanted
      const read = await store.readFleet({ secrets: true })
      expect(sorted(read)).toStrictEqual(sorted(wanted))
    }),
    { numRuns: 150, endOnFailure: true },
  )
  await save(store, present, [])
  expect(await store.readFleet({ secrets: true })).toEqual([])
})

/** Few values, so that lines swap devices, addresses, accounts, sites, groups and companies all the time. */
const fleets = fc
  .uniqueArray(
    fc.record({
      digit: fc.integer({ min: 0, max: 7 }),
      company: fc.constantFrom('A', 'B'),
      site: fc.constantFrom('Grasse', 'Nice'),
      email: fc.option(fc.integer({ min: 0, max: 7 }), { nil: undefined }),
      user: fc.option(fc.integer({ min: 0, max: 7 }), { nil: undefined }),
      password: fc.constantFrom('one', 'two'),
      port: fc.option(fc.integer({ min: 1, max: 8 }), { nil: undefined }),
      group: fc.constantFrom(undefined, 'G', 'H'),
      watches: fc.uniqueArray(fc.integer({ min: 0, max: 7 }), { maxLength: 4 }),
    }),
    { selector: (seed) => seed.digit, maxLength: 8 },
  )
  .map((seeds): readonly Company[] => {
    const emails = new Set<unknown>()
    const users = new Set<unknown>()
    const ports = new Set<unknown>()
    const free = <T>(taken: Set<unknown>, value: T | undefined): T | undefined => {
      if (value === undefined || taken.has(value)) return undefined
      taken.add(value)
      return value
    }
    return ['A', 'B'].flatMap((name) => {
      const own = seeds.filter((seed) => seed.company === name)
      if (own.length === 0) return []
      const lines = own.map((seed): Line => {
        const email = free(emails, seed.email)
        const user = free(users, seed.user)
        const port = free(ports, seed.port)
        const watched = seed.watches.filter((digit) => own.some((other) => other.digit === digit))
        return line(`+3310${seed.digit}`, {
          site: seed.site,
          ...(email === undefined ? {} : { email: `e${email}@example.net` }),
          sip: { ...(user === undefined ? {} : { user: `u${user}` }), password: seed.password },
          ...(port === undefined
            ? {}
            : { equipment: { model: 'yealink/w60b', mac: '805ec0112233', port, expansion: [] } }),
          keys: { supervision: watched.map((digit) => `+3310${digit}`), shortcuts: [] },
        })
      })
      const sites = [...new Set(own.map((seed) => seed.site))].map((site) => ({
        name: site,
        pickupGroups: ['G', 'H'].flatMap((group) => {
          const members = own.filter((seed) => seed.site === site && seed.group === group)
          return members.length > 0
            ? [{ name: group, members: members.map((seed) => `+3310${seed.digit}`) }]
            : []
        }),
      }))
      return [company(name, { sites, lines })]
    })
  })

/** Records keep their age; that is another test's matter. */
function sorted(fleet: readonly Company[]): readonly Company[] {
  const by = <T>(list: readonly T[], key: (item: T) => string): readonly T[] =>
    list.toSorted((a, b) => key(a).localeCompare(key(b)))
  return by(
    fleet.map((one) => ({
      ...one,
      sites: by(
        one.sites.map((site) => ({ ...site, pickupGroups: by(site.pickupGroups, (group) => group.name) })),
        (site) => site.name,
      ),
      lines: by(one.lines, (l) => l.number),
    })),
    (one) => one.name,
  )
}

test('a line without a password in its new state keeps the one it has, and who made it', async () => {
  const store = await opened({ folder: await temporaryFolder() })
  const before = company('A', { lines: [line('+3310', { sip: { password: 'kept' } }), line('+3320')] })
  await save(store, [], [before])
  const after = company('A', { lines: [line('+3310', { name: 'new name' }), line('+3320')] })
  await store.write(operator, (w) =>
    w.saveDiff(
      [{ name: 'A', sites: [], lines: [{ before: line('+3310'), after: line('+3310', { name: 'n' }) }] }],
      [],
      {
        summary: 'renamed',
        passwordOrigin: () => 'server',
        makeAccount: makeDeviceAccount,
      },
    ),
  )
  const [read] = await store.readFleet({ secrets: true })
  expect(read?.lines[0]?.sip).toEqual({ password: 'kept' })
  expect(await store.passwordOrigins(after.lines.map((l) => l.number))).toEqual(
    new Map([['+3310', 'operator']]),
  )
})

test('the generation moves with each change, and a change of nothing is none', async () => {
  const store = await opened({ folder: await temporaryFolder() })
  expect(await store.generation()).toBe(0)
  expect(await save(store, [], richFleet)).toBe(1)
  expect(await save(store, richFleet, richFleet)).toBe(1)
  expect(await save(store, richFleet, [])).toBe(2)
  expect(await store.generation()).toBe(2)
})

test('work that fails leaves nothing behind', async () => {
  const store = await opened({ folder: await temporaryFolder() })
  await save(store, [], richFleet)
  const failing = store.write(operator, async (w) => {
    await w.saveDiff([{ name: 'Neu', settings: { after: company('Neu') }, sites: [], lines: [] }], [], {
      summary: 'never',
      passwordOrigin: () => 'server',
      makeAccount: makeDeviceAccount,
    })
    expect((await w.readFleet({ secrets: false })).map((one) => one.name)).toContain('Neu')
    throw new Error('changed my mind')
  })
  await expect(failing).rejects.toThrow('changed my mind')
  expect(await store.readFleet({ secrets: true })).toStrictEqual(richFleet)
  expect(await store.generation()).toBe(1)
})

test.each([
  [
    'adds a line that exists',
    [company('A', { lines: [line('+3310')] })],
    [company('B', { lines: [line('+3310')] })],
  ],
  ['adds a company that exists', [company('A')], [company('A')]],
  [
    'takes an address of another line, whatever its case',
    [company('A', { lines: [line('+3310', { email: 'x@y.z' })] })],
    [company('B', { lines: [line('+3320', { email: 'X@Y.z' })] })],
  ],
  [
    'takes a port of another line',
    [
      company('A', {
        lines: [line('+3310', { equipment: { model: 'm', mac: '805ec0112233', port: 1, expansion: [] } })],
      }),
    ],
    [
      company('B', {
        lines: [line('+3320', { equipment: { model: 'm', mac: '805ec0112233', port: 1, expansion: [] } })],
      }),
    ],
  ],
])('a stale plan that %s is refused whole', async (_, present, stale) => {
  const store = await opened({ folder: await temporaryFolder() })
  await save(store, [], present)
  await expect(save(store, [], stale)).rejects.toMatchObject({ code: 'store-conflict' })
  expect(await store.readFleet({ secrets: true })).toStrictEqual(present)
})

test('a stale plan that changes or removes what is gone is refused', async () => {
  const store = await opened({ folder: await temporaryFolder() })
  const planned = company('A', { lines: [line('+3310')] })
  await save(store, [], [company('A')])
  await expect(save(store, [planned], [company('A')])).rejects.toMatchObject({ code: 'store-conflict' })
  await expect(save(store, [company('Z')], [])).rejects.toMatchObject({ code: 'store-conflict' })
})

test('devices of a change are kept with it', async () => {
  const folder = await temporaryFolder()
  const store = await opened({ folder, now: () => 1_700_000_000_000 })
  const reasons = ['keys changed', 'line moved']
  await save(store, [], [company('A')], [impact('01', 'unlinked'), impact('03', 'linked')])
  await save(store, [], [], [impact('02', 'linked', { reasons })])
  expect(rows(folder, 'select * from change_device where change_id = 2')).toEqual([
    {
      change_id: 2,
      mac: '02',
      model: 'yealink/t54w',
      company: 'A',
      urgency: 'reboot',
      reasons: '["keys changed","line moved"]',
      link: 'linked',
    },
  ])
  expect(rows(folder, 'select * from change where id = 1')).toEqual([
    { id: 1, at: 1_700_000_000_000, who: 'ana', summary: 'a test' },
  ])
})

test('progress only grows and ends at its total', async () => {
  const store = await opened({ folder: await temporaryFolder() })
  const seen: number[] = []
  const fleet = largeFleet(1100)
  await store.write(operator, (w) =>
    w.saveDiff(
      [
        {
          name: fleet.name,
          settings: { after: fleet },
          sites: fleet.sites.map((after) => ({ after })),
          lines: fleet.lines.map((after) => ({ after })),
        },
      ],
      [],
      {
        summary: 's',
        passwordOrigin: () => 'server',
        makeAccount: makeDeviceAccount,
        onProgress: (done, total) => seen.push(done / total),
      },
    ),
  )
  expect(seen).toEqual(seen.toSorted((a, b) => a - b))
  expect(seen.at(-1)).toBe(1)
})
