import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { catalogue } from '../../src/devices/catalogue.ts'
import { applyEntries } from '../../src/fleet/apply.ts'
import { readEntries } from '../../src/fleet/entries.ts'
import { parseFleetText } from '../../src/fleet/parse.ts'
import { loadLiveDevices } from '../../src/provision/live-devices.ts'
import type { Store } from '../../src/store/store.ts'
import { surroundings } from '../provision/support.ts'
import { openStore } from '../store/databases.ts'
import { expectForeseen, fuzz, patience } from './fuzzing.ts'
import { harmed, spliced } from './generators.ts'

const who = { name: 'test', source: 'test' }
const sample = await readFile('examples/toine-immo.yaml', 'utf8')
let folder: string
let store: Store

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bootline-fuzz-'))
  store = await openStore({ folder })
})
afterAll(async () => {
  await store.close()
  await rm(folder, { recursive: true, force: true })
})

/** Taken as a whole or refused for a reason that was foreseen. */
async function taken(make: () => unknown): Promise<boolean> {
  try {
    await applyEntries(store, readEntries(make()), catalogue, { prune: true, who })
    return true
  } catch (error) {
    expectForeseen(error)
    return false
  }
}

/** What was taken is whole, and every device of it has its files. */
async function expectServed(): Promise<void> {
  const leftOut: string[] = []
  await loadLiveDevices(store, surroundings(), (mac, reason) => leftOut.push(`${mac}: ${reason}`))
  expect(leftOut).toEqual([])
  expect((await store.examine(() => {})).flaws).toEqual([])
}

test(
  'a text that was once a fleet file is read or refused in plain words',
  async () => {
    const pieces = [
      '- ',
      ': ',
      '&a ',
      '*a',
      '<<: ',
      '!!js/function ',
      '|\n',
      '>-\n',
      '---\n',
      '%YAML 9\n',
      '\t',
      '{',
      '[',
      '? ',
    ]
    await fuzz(
      fc.oneof(spliced([sample], pieces), fc.uint8Array({ maxLength: 80 })),
      async (text) => {
        const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text
        await taken(() => parseFleetText(bytes))
      },
      { after: expectServed, atATime: 60 },
    )
  },
  patience,
)

test(
  'data that was once a fleet is taken and served, or refused with a code for every fault',
  async () => {
    let count = 0
    await fuzz(
      harmed(parseFleetText(new TextEncoder().encode(sample))),
      async (data) => {
        if (!(await taken(() => data))) return
        count++
        await expectServed()
      },
      { atATime: 120 },
    )
    expect(count).toBeGreaterThan(0)
  },
  patience,
)
