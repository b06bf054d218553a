import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { catalogue } from '../../../src/devices/catalogue.ts'
import type { Company } from '../../../src/domain/intent.ts'
import { importRows } from '../../../src/fleet/import/apply.ts'
import { csvText, exportedRows, exportedSheets } from '../../../src/fleet/import/export.ts'
import { guarded, unguarded } from '../../../src/fleet/import/guarded.ts'
import { readImport } from '../../../src/fleet/import/read.ts'
import { studyImport } from '../../../src/fleet/import/study.ts'
import { templateRows, templateSheets } from '../../../src/fleet/import/template.ts'
import { writeXlsx } from '../../../src/fleet/import/xlsx/write.ts'
import type { Store } from '../../../src/store/store.ts'
import { load, sampleFleet } from '../../admin/helpers/fleet.ts'
import { openStore } from '../../store/databases.ts'

let folder: string
let store: Store
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bootline-export-'))
  store = await openStore({ folder })
  await load(store, sampleFleet)
})
afterEach(async () => {
  await store.close()
  await rm(folder, { recursive: true })
})

const who = { name: 'test', source: 'test' }
const csv = (rows: Iterable<readonly string[]>) => Buffer.from([...csvText(rows)].join(''))
const write = async (bytes: Uint8Array) =>
  importRows(store, await readImport(bytes), catalogue, { who, skipBadRows: false })
const outcomes = async (bytes: Uint8Array) => {
  const { rows } = await studyImport(store, await readImport(bytes), catalogue, {})
  return [...new Set(rows.map(({ kind, result }) => `${kind} ${result}`))]
}
/** Without passwords, in an order that is the same in any store. */
const stateOf = async (of: Store): Promise<Company[]> =>
  (await of.readFleet({ secrets: false })).map((company) => ({
    ...company,
    lines: company.lines.toSorted((a, b) => a.number.localeCompare(b.number)),
  }))

test.each(['fr', 'en'] as const)('an import of an export changes nothing (%s)', async (locale) => {
  const hostile = 'number,firstName,lastName\n+33483050188,"\'=cmd()|""x"";y","\' -1 "\n'
  await write(Buffer.from(hostile))
  expect((await store.findLine('+33483050188'))?.line).toMatchObject({
    firstName: '=cmd()|"x";y',
    lastName: ' -1 ',
  })
  const companies = await store.readFleet({ secrets: true })
  const [lines, keys] = (['lines', 'keys'] as const).map((kind) => csv(exportedRows(kind, companies, locale)))
  expect(await outcomes(lines ?? Buffer.of())).toEqual(['lines unchanged'])
  expect(await outcomes(keys ?? Buffer.of())).toEqual(['keys unchanged'])
  expect(await outcomes(await writeXlsx(exportedSheets(companies, locale)))).toEqual([
    'lines unchanged',
    'keys unchanged',
  ])
})

test('an export fills another server whose companies and sites are there', async () => {
  const before = await stateOf(store)
  const workbook = await writeXlsx(exportedSheets(await store.readFleet({ secrets: false }), 'fr'))
  const other = await mkdtemp(join(tmpdir(), 'bootline-export-'))
  const second = await openStore({ folder: other })
  try {
    const companies = sampleFleet.companies.map(({ lines, sites, ...company }) => ({
      ...company,
      sites: sites.map(({ name }) => ({ name })),
    }))
    await load(second, { companies })
    await importRows(second, await readImport(workbook), catalogue, { who, skipBadRows: false })
    const lines = (companies: Company[]) => companies.map((company) => company.lines)
    expect(lines(await stateOf(second))).toEqual(lines(before))
  } finally {
    await second.close()
    await rm(other, { recursive: true })
  }
})

test('nothing that is written begins as a formula does, and every text comes back', () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.string(), fc.constantFrom('-', "'-", '+33483050173', '=A1', ' x ', "''", '@a')),
      (text) => {
        const cell = guarded(text)
        if (!/^\+\d+$/.test(text)) expect(cell).not.toMatch(/^[=+\-@\t\r]/)
        expect(unguarded(cell)).toBe(text)
      },
    ),
  )
})

test.each(['fr', 'en'] as const)('the templates are understood whole (%s)', async (locale) => {
  const tables = [
    ...(await readImport(csv(templateRows('lines', locale)))),
    ...(await readImport(csv(templateRows('keys', locale)))),
    ...(await readImport(await writeXlsx(templateSheets(locale)))),
  ]
  expect(tables.map(({ kind }) => kind)).toEqual(['lines', 'keys', 'lines', 'keys'])
  for (const { problems, columns, titles } of tables) {
    expect(problems).toEqual([])
    expect(columns.size).toBe(titles.length)
  }
})
