import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { catalogue } from '../../src/devices/catalogue.ts'
import { applyEntries } from '../../src/fleet/apply.ts'
import { readEntries } from '../../src/fleet/entries.ts'
import { FleetFailure } from '../../src/fleet/failure.ts'
import { planEntries } from '../../src/fleet/plan.ts'
import type { LineEntry } from '../../src/fleet/schema.ts'
import type { FleetReader, Store } from '../../src/store/store.ts'
import { openStore } from '../store/databases.ts'

const number = (i: number): string => `+3348305${String(i).padStart(4, '0')}`
const phone = (i: number): object => ({ model: 'yealink/t54w', mac: (0x805ec0000000 + i).toString(16) })
const base = (port: number): object => ({ model: 'yealink/w60b', mac: '805ec0ffff00', port })
const at = (i: number, fields: object): object => {
  return {
    number: number(i),
    kind: 'fixed',
    site: 'S',
    lastName: `Dupont ${i}`,
    sip: { password: `p-${i}` },
    ...fields,
  }
}

/** Phones that watch each other, handsets of one base, a group, a mobile, and another company that holds things too. */
const file = {
  companies: [
    {
      name: 'A',
      sip: { domain: 'sip.example.net' },
      sites: [{ name: 'S', pickupGroups: [{ name: 'G', members: [number(1), number(2)] }] }, { name: 'T' }],
      lines: [
        at(0, { equipment: phone(0), keys: { supervision: [number(1), number(2), number(9)] } }),
        at(1, { equipment: phone(1), keys: { supervision: [number(0)], shortcuts: ['interception'] } }),
        at(2, { equipment: phone(2), shortNumber: '1002', email: 'two@example.net' }),
        at(3, { equipment: base(1) }),
        at(4, { equipment: base(2), sip: { user: 'four', password: 'p' } }),
        at(5, { equipment: phone(5), keys: { supervision: [number(3), number(4)] } }),
        at(6, { site: 'T' }),
        { number: number(9), kind: 'mobile', site: 'S', name: 'Mobile' },
      ],
    },
    {
      name: 'B',
      sip: { domain: 'sip.example.net' },
      sites: [{ name: 'S' }],
      lines: [at(20, { equipment: phone(20), email: 'b@example.net', shortNumber: '1020' })],
    },
  ],
}

let folder: string
let store: Store
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bootline-alone-'))
  store = await openStore({ folder })
  await applyEntries(store, readEntries(file), catalogue, {
    who: { name: 'test', source: 'test' },
    prune: false,
  })
})
afterAll(async () => {
  await store.close()
  await rm(folder, { recursive: true })
})

/** Everything a plan says, or what forbids it: of two lines that cannot both be, either may be blamed. */
async function outcome(reader: FleetReader, lines: readonly LineEntry[]): Promise<unknown> {
  try {
    return await planEntries(reader, readEntries({ companies: [{ name: 'A', lines }] }), catalogue, {
      prune: false,
    })
  } catch (error) {
    if (error instanceof FleetFailure) return [...new Set(error.problems.map(({ code }) => code))].sort()
    throw error
  }
}

const some = fc.integer({ min: 0, max: 6 })
/** Among them one that is not there, a mobile one, and one of the other company. */
const any = fc.constantFrom(0, 1, 2, 3, 4, 5, 6, 7, 9, 20)
const patch = fc.oneof(
  fc.record({ lastName: fc.constantFrom('Dupont 1', 'Durand') }),
  fc.record({ email: fc.constantFrom('two@example.net', 'b@example.net', 'new@example.net') }),
  fc.record({ shortNumber: fc.constantFrom('1002', '1020', '1033') }),
  fc.record({ sip: fc.record({ user: fc.constantFrom('four', '33483050002', 'fresh') }) }),
  fc.record({ sip: fc.record({ password: fc.constantFrom('another', 'p-1') }) }),
  fc.record({ equipment: fc.oneof(fc.constant(null), any.map(phone), fc.constantFrom(1, 2, 3).map(base)) }),
  fc.record({ keys: fc.record({ supervision: fc.uniqueArray(some.map(number), { maxLength: 3 }) }) }),
  fc.record({ keys: fc.record({ supervision: fc.uniqueArray(any.map(number), { maxLength: 3 }) }) }),
  fc.record({ site: fc.constantFrom('S', 'T', 'none') }),
  fc.record({ kind: fc.constantFrom('mobile', 'analog') }),
)
const entry = fc
  .tuple(fc.oneof({ weight: 4, arbitrary: some }, { weight: 1, arbitrary: any }), patch, fc.option(patch))
  .map(([i, one, two]) => {
    return { number: number(i), kind: 'fixed', site: i === 6 ? 'T' : 'S', ...one, ...two } as LineEntry
  })

test('a change of a few lines is planned from what it concerns as it is from the whole company', async () => {
  const whole: FleetReader = { ...store, readFleet: ({ around: _, ...query }) => store.readFleet(query) }
  let planned = 0
  await fc.assert(
    fc.asyncProperty(fc.array(entry, { minLength: 1, maxLength: 2 }), async (lines) => {
      const found = await outcome(store, lines)
      expect(found).toEqual(await outcome(whole, lines))
      if (!Array.isArray(found)) planned += 1
    }),
    { numRuns: 400 },
  )
  expect(planned).toBeGreaterThan(50)
})

test('of the company only those lines are read', async () => {
  const around = { numbers: [number(4)], macs: [], watched: [number(6)] }
  const [a, ...others] = await store.readFleet({ companies: ['A'], secrets: true, around })
  expect(others).toEqual([])
  const [everything] = await store.readFleet({ companies: ['A'], secrets: true })
  // The handset, the other one of its base, the phone that watches them; and a name for a key to be.
  const read = [number(3), number(4), number(5)]
  expect(a?.lines.map((line) => line.number)).toEqual([...read, number(6)])
  expect(a?.lines.slice(0, 3)).toEqual(everything?.lines.filter((line) => read.includes(line.number)))
  expect(a?.lines[3]).not.toHaveProperty('sip')
  expect(a?.sites.map((site) => site.name)).toEqual(['S', 'T'])
})
