import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { catalogue } from '../../src/devices/catalogue.ts'
import { applyEntries } from '../../src/fleet/apply.ts'
import { readEntries } from '../../src/fleet/entries.ts'
import type { LineQuery } from '../../src/store/find-lines.ts'
import type { Store } from '../../src/store/store.ts'
import { openStore } from './databases.ts'

let folder: string
let store: Store

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bootline-lines-'))
  store = await openStore({ folder })
  const fleet = readEntries({
    companies: [
      {
        name: 'Toine Immo',
        sip: { domain: 'sip.example.net' },
        sites: [{ name: 'Grasse' }, { name: 'Nice' }],
        lines: [
          {
            number: '+33483050173',
            kind: 'fixed',
            site: 'Grasse',
            firstName: 'Stéphane',
            lastName: 'Biel',
            email: 'stephane@example.net',
            shortNumber: '1073',
            equipment: { model: 'polycom/vvx-450', mac: '64:16:7f:b2:69:d6' },
            keys: { supervision: ['+33483050190'] },
          },
          {
            number: '+33483050190',
            kind: 'fixed',
            site: 'Nice',
            firstName: 'Valérie',
            lastName: 'Diaz 100%_a',
            equipment: { model: 'yealink/t54w' },
          },
          { number: '+33483050199', kind: 'analog', site: 'Grasse', name: 'FAX MKT' },
        ],
      },
      {
        name: 'Other',
        sip: { domain: 'o.example.net' },
        sites: [{ name: 'Grasse' }],
        lines: [
          { number: '+33493000001', kind: 'fixed', site: 'Grasse', firstName: 'Stéphane', lastName: 'B.' },
          { number: '+33493000002', kind: 'fixed', site: 'Grasse', name: 'Père  Gala', lastName: 'Cœur' },
        ],
      },
    ],
  })
  await applyEntries(store, fleet, catalogue, { prune: false, who: { name: 'test', source: 'test' } })
})
afterAll(async () => {
  await store.close()
  await rm(folder, { recursive: true, force: true })
})

const find = async (query: Partial<LineQuery>): Promise<readonly string[]> =>
  (await store.findLines({ limit: 50, ...query })).items.map(({ line }) => line.number.slice(-4))

describe('what people type finds the line they mean', () => {
  test.each([
    ['stephane', ['0173', '0001']],
    ['STÉPHANE b', ['0173', '0001']],
    ['biel  stephane', ['0173']],
    ['Grégory stephane', []],
    ['coeur', ['0002']],
    ['GALA pere', ['0002']],
    ['biel example.net', ['0173']],
    ['   ', []],
    ['04 83 05 01 73', ['0173']],
    ['+33 (0)4 83 05 01 73', ['0173']],
    ['0033483050173', ['0173']],
    ['050173', ['0173']],
    ['0483', ['0173', '0190', '0199']],
    ['1073', ['0173']],
    ['64:16:7F:B2:69:D6', ['0173']],
    ['6416.7fb2', ['0173']],
    ['stephane@example', ['0173']],
    ['fax', ['0199']],
    ['100%_', ['0190']],
    ['1000_', []],
    ["' or 1=1 --", []],
  ])('%s', async (text, numbers) => {
    expect(await find({ text })).toEqual(numbers)
  })
})

describe('what a line is or has', () => {
  test.each<[Partial<LineQuery>, readonly string[]]>([
    [{ company: 'Toine Immo', site: 'Grasse' }, ['0173', '0199']],
    [{ kind: 'analog' }, ['0199']],
    [{ equipment: 'with' }, ['0173', '0190']],
    [{ equipment: 'without' }, ['0199', '0001', '0002']],
    [{ equipment: 'to-complete' }, ['0190']],
    [{ equipment: 'linked' }, ['0173']],
    [{ equipment: 'missing' }, ['0199', '0001', '0002']],
    [{ behind: true }, []],
    [{ behind: false, equipment: 'with' }, ['0173', '0190']],
    [{ within: { companies: ['Other'] } }, ['0001', '0002']],
    [{ within: { companies: [] } }, []],
    [{ within: { companies: ['Toine Immo'], sites: [{ company: 'Toine Immo', site: 'Nice' }] } }, ['0190']],
    [{ within: { companies: ['Toine Immo'], sites: [] } }, []],
    [{ within: { line: '+33483050199' } }, ['0199']],
  ])('%o', async (query, numbers) => {
    expect(await find(query)).toEqual(numbers)
  })
})

test('a device that was here and has not taken its files is behind', async () => {
  const mac = '64167fb269d6'
  const delivery = { mac, name: `${mac}.cfg`, kind: 'device', transport: 'http', method: 'GET', status: 200 }
  await store.devices.recordDeliveries([
    { ...delivery, at: Date.now(), bytes: 1, complete: true, source: '192.0.2.1' },
  ])
  expect((await store.devices.deviceState(mac))?.lastSeenAt).toBeDefined()
  expect(await find({ behind: true })).toEqual(['0173'])
})

test('pages follow one another and know how many lines there are in all', async () => {
  const first = await store.findLines({ limit: 3, counted: true })
  expect(first).toMatchObject({ total: 5, next: '+33483050199' })
  const second = await store.findLines({ limit: 3, after: first.next ?? '' })
  expect(second.items.map(({ line }) => line.number)).toEqual(['+33493000001', '+33493000002'])
  expect(second.next).toBeUndefined()
  expect(second.total).toBeUndefined()
})

test('a line comes whole, and without its password', async () => {
  const found = await store.findLine('+33483050173')
  expect(found?.company).toBe('Toine Immo')
  expect(found?.line).toMatchObject({ site: 'Grasse', keys: { supervision: ['+33483050190'] } })
  expect(found?.line.sip).toBeUndefined()
  expect(await store.findLine('+33483050174')).toBeUndefined()
})
