import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { catalogue } from '../../src/devices/catalogue.ts'
import { importRows } from '../../src/fleet/import/apply.ts'
import { readImport } from '../../src/fleet/import/read.ts'
import type { Store } from '../../src/store/store.ts'
import { load, sampleFleet } from '../admin/helpers/fleet.ts'
import { openStore } from '../store/databases.ts'
import { expectForeseen, fuzz, patience } from './fuzzing.ts'
import { spliced, splicedBytes } from './generators.ts'

const who = { name: 'test', source: 'test' }
let folder: string
let store: Store

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bootline-fuzz-'))
  store = await openStore({ folder })
  await load(store, sampleFleet)
})
afterAll(async () => {
  await store.close()
  await rm(folder, { recursive: true, force: true })
})

const samples = [
  'Société;Numéro;Nature;Site;Prénom;Nom;Modèle;MAC\nToine Immo;04 83 05 02 01;fixe;Grasse;Zoé;Été;polycom/vvx-450;64:16:7f:00:01:01\nToine Immo;+33483050173;;;Stéphanie;;;\n',
  'number,short number,email,internet access\n+33483050173,4001,a@example.net,FTTH\n+33483050188,-,-,-\n',
  'company\tline\tposition\ttype\tnumber\tlabel\nToine Immo\t+33483050173\t1\tsupervision\t+33483050188\t\nToine Immo\t+33483050173\t2\tshortcut\t0613456782\t"Pierre; Durand"\n',
]
const pieces = [
  ';',
  ',',
  '\t',
  '"',
  '""',
  '\n',
  '\r',
  '\n"',
  '=1+1',
  '@x',
  '+33483050173',
  '-',
  'fixe',
  '\u0000',
  'Numéro;',
]

test(
  'a text that was once a spreadsheet is imported or refused, row by row, and leaves the fleet whole',
  async () => {
    const input = fc.record({
      bytes: fc.oneof(
        spliced(samples, pieces).map((text) => Buffer.from(text)),
        splicedBytes(samples, pieces),
        splicedBytes(['PK\u0003\u0004', '\u00d0\u00cf\u0011\u00e0'], pieces),
      ),
      skipBadRows: fc.boolean(),
    })
    let taken = 0
    await fuzz(
      input,
      async ({ bytes, skipBadRows }) => {
        try {
          await importRows(store, await readImport(bytes), catalogue, { who, skipBadRows })
          taken++
        } catch (error) {
          expectForeseen(error)
        }
      },
      {
        async after() {
          expect((await store.examine(() => {})).flaws).toEqual([])
        },
      },
    )
    expect(taken).toBeGreaterThan(5)
  },
  patience,
)
