import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { catalogue } from '../../src/devices/catalogue.ts'
import type { Company, PickupGroup } from '../../src/domain/intent.ts'
import { applyEntries, applyPlanned } from '../../src/fleet/apply.ts'
import { planEdit } from '../../src/fleet/edit.ts'
import { readEntries } from '../../src/fleet/entries.ts'
import { FleetFailure } from '../../src/fleet/failure.ts'
import type { FleetPlan } from '../../src/fleet/plan.ts'
import { planRemoval } from '../../src/fleet/remove-line.ts'
import type { FleetReader, Store } from '../../src/store/store.ts'
import { openStore } from '../store/databases.ts'

const who = { name: 'test', source: 'test' }
const number = (i: number): string => `+3348305${String(i).padStart(4, '0')}`
const size = 8
const some = fc.integer({ min: 0, max: size - 1 })

/** What a line of a small fleet may be: with a phone of its own, on the base all may share, or with nothing. */
const drawn = fc.record({
  kind: fc.constantFrom('fixed', 'fixed', 'fixed', 'mobile'),
  site: fc.constantFrom('S', 'T'),
  on: fc.constantFrom('phone', 'phone', 'base', 'nothing'),
  watches: fc.uniqueArray(some, { maxLength: 3 }),
  group: fc.constantFrom(undefined, 'G', 'H'),
})
type Drawn = typeof drawn extends fc.Arbitrary<infer T> ? T : never

/** The fleet file of what was drawn, without what no rule allows. */
function fileOf(all: readonly Drawn[]): object {
  const isFixed = (i: number): boolean => all[i]?.kind === 'fixed'
  const lines = all.map(({ kind, site, on, watches }, i) => ({
    number: number(i),
    kind,
    site,
    lastName: `Dupont ${i}`,
    ...(on === 'nothing' || kind !== 'fixed' ? {} : { equipment: equipment(on, i) }),
    ...(on === 'phone' && kind === 'fixed'
      ? { keys: { supervision: watches.filter((other) => other !== i).map(number) } }
      : {}),
  }))
  const groups = (site: string): object[] =>
    ['G', 'H'].map((name) => ({
      name: `${name} of ${site}`,
      members: all.flatMap((line, i) =>
        isFixed(i) && line.site === site && line.group === name ? [number(i)] : [],
      ),
    }))
  const sites = ['S', 'T'].map((name) => ({ name, pickupGroups: groups(name) }))
  return { companies: [{ name: 'A', sip: { domain: 'sip.example.net' }, sites, lines }] }
}

function equipment(on: 'phone' | 'base', i: number): object {
  if (on === 'base') return { model: 'yealink/w60b', mac: '805ec0ffff00', port: i + 1 }
  return { model: 'yealink/t54w', mac: (0x805ec0000000 + i).toString(16) }
}

/** Everything a plan says, or all that forbids it; which of a group's members is blamed counts those that were read. */
async function outcome(plan: Promise<FleetPlan>): Promise<unknown> {
  try {
    return await plan
  } catch (error) {
    if (error instanceof FleetFailure) {
      return error.problems.map((problem) => ({
        ...problem,
        path: problem.path.replace(/\.members\[\d+\]$/, ''),
      }))
    }
    throw error
  }
}

let folder: string
let store: Store
/** The same store as if it could only read whole companies. */
let whole: FleetReader
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bootline-edit-'))
  store = await openStore({ folder })
  whole = { ...store, readFleet: ({ around: _, ...query }) => store.readFleet(query) }
})
afterAll(async () => {
  await store.close()
  await rm(folder, { recursive: true })
})

async function hold(all: readonly Drawn[]): Promise<void> {
  await applyEntries(store, readEntries(fileOf(all)), catalogue, { who, prune: true })
}

const fleet = fc.array(drawn, { minLength: size, maxLength: size })

test('a line goes by the same plan from its neighbours as from its whole company, and is gone', async () => {
  let planned = 0
  await fc.assert(
    fc.asyncProperty(fleet, some, fc.boolean(), async (all, i, release) => {
      await hold(all)
      const line = { number: number(i), site: all[i]?.site ?? '' }
      const removal = { company: 'A', line, release }
      const found = await outcome(planRemoval(store, removal, catalogue))
      expect(found).toEqual(await outcome(planRemoval(whole, removal, catalogue)))
      if (Array.isArray(found)) return
      planned += 1
      const [before] = await store.readFleet({ companies: ['A'], secrets: true })
      await applyPlanned(store, (reader) => planRemoval(reader, removal, catalogue), { who })
      const [after] = await store.readFleet({ companies: ['A'], secrets: true })
      expect(after).toEqual(before && without(before, line.number))
    }),
    { numRuns: 40 },
  )
  expect(planned).toBeGreaterThan(10)
})

/** The company as it was, the line nowhere in it. */
function without(company: Company, gone: string): Company {
  const others = (numbers: readonly string[]): string[] => numbers.filter((each) => each !== gone)
  return {
    ...company,
    sites: company.sites.map((site) => ({
      ...site,
      pickupGroups: site.pickupGroups.map((group) => ({ ...group, members: others(group.members) })),
    })),
    lines: company.lines
      .filter((line) => line.number !== gone)
      .map((line) => ({ ...line, keys: { ...line.keys, supervision: others(line.keys.supervision) } })),
  }
}

/** Among them one twice, and a number that is nobody's. */
const joining = fc.oneof(
  { weight: 3, arbitrary: fc.uniqueArray(some, { maxLength: 2 }) },
  { weight: 1, arbitrary: fc.array(fc.integer({ min: 0, max: size }), { maxLength: 4 }) },
)

test('groups of a site change by the same plan from their members as from the whole company', async () => {
  let planned = 0
  await fc.assert(
    fc.asyncProperty(fleet, joining, async (all, wanted) => {
      const members = wanted.map(number)
      const change = (groups: readonly PickupGroup[]): PickupGroup[] => [
        { name: 'G of S', members },
        ...groups.slice(1),
      ]
      const edit = (company: Company): Company => ({
        ...company,
        sites: company.sites.map((site) =>
          site.name === 'S' ? { ...site, pickupGroups: change(site.pickupGroups) } : site,
        ),
      })
      await hold(all)
      const around = { numbers: [], macs: [], watched: members, groupsOf: ['S'] }
      const plan = (reader: FleetReader) => planEdit(reader, 'A', edit, catalogue, around)
      const found = await outcome(plan(store))
      expect(found).toEqual(await outcome(plan(whole)))
      if (Array.isArray(found)) return
      planned += 1
      await applyPlanned(store, plan, { who })
      const [after] = await store.readFleet({ companies: ['A'], secrets: true })
      const [site] = after?.sites ?? []
      expect(site?.pickupGroups[0]).toEqual({ name: 'G of S', members })
    }),
    { numRuns: 40 },
  )
  expect(planned).toBeGreaterThan(3)
})
