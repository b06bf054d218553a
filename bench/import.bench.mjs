import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { macOf } from './fleet-file.mjs'
import { built } from './lib/built.mjs'

const count = 10_000
const who = { name: 'bench', source: 'bench' }

/** A spreadsheet of 10,000 lines, as CSV and as a workbook: read, tried, written. */
export async function run(print) {
  const { catalogue } = await built('devices/catalogue.js')
  const { applyEntries } = await built('fleet/apply.js')
  const { readEntries } = await built('fleet/entries.js')
  const { importRows } = await built('fleet/import/apply.js')
  const { csvText } = await built('fleet/import/export.js')
  const { readImport } = await built('fleet/import/read.js')
  const { studyImport } = await built('fleet/import/study.js')
  const { writeXlsx } = await built('fleet/import/xlsx/write.js')
  const { openStore } = await built('store/store.js')
  const rows = [
    ['Company', 'Number', 'Kind', 'Site', 'Last name', 'Model', 'MAC'],
    ...Array.from({ length: count }, (_, i) => {
      const number = `+3348${String(i).padStart(7, '0')}`
      return ['Big', number, 'fixed', 'S', `Dupont ${i}`, 'polycom/vvx-450', macOf('64167f', i)]
    }),
  ]
  const files = {
    CSV: Buffer.from([...csvText(rows)].join('')),
    XLSX: await writeXlsx([{ name: 'Lines', rows }]),
  }
  const folder = await mkdtemp(join(tmpdir(), 'bootline-bench-'))
  const store = await openStore({ folder })
  const timed = async (what, work) => {
    const began = performance.now()
    const result = await work()
    const seconds = (performance.now() - began) / 1000
    const memory = Math.round(process.memoryUsage().rss / 1048576)
    print(`${what.padEnd(24)} ${Math.round(count / seconds)} rows/s, ${memory} MB resident`)
    return result
  }
  try {
    const fleet = { companies: [{ name: 'Big', sip: { domain: 'sip.example.net' }, sites: [{ name: 'S' }] }] }
    await applyEntries(store, readEntries(fleet), catalogue, { prune: false, who })
    let tables = []
    for (const [name, bytes] of Object.entries(files))
      tables = await timed(`${name} read`, () => readImport(bytes))
    await timed('dry run', () => studyImport(store, tables, catalogue, {}))
    await timed('import', () => importRows(store, tables, catalogue, { who, skipBadRows: false }))
    await timed('import of the same', () => importRows(store, tables, catalogue, { who, skipBadRows: false }))
  } finally {
    await store.close()
    await rm(folder, { recursive: true, force: true })
  }
}
