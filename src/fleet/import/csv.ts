import { Readable } from 'node:stream'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { CsvError, parse } from 'csv-parse'
import { FleetFailure } from '../failure.ts'
import { decodeText } from './encoding.ts'
import { boundedCell, maxColumns, type Row, refuseLarge, refuseManyRows, type Sheet } from './sheet.ts'

const separators = [';', ',', '\t', '|'] as const

/** A CSV file in whatever encoding, with whatever separator. */
export async function readCsv(bytes: Uint8Array): Promise<Sheet> {
  refuseLarge(bytes.byteLength)
  const text = decodeText(bytes)
  if (text.includes('\u0000')) throw notText()
  const { told, body } = withoutHint(text)
  const rows = await readRows(body, told ?? separatorOf(body), told === undefined ? 0 : 1)
  return { name: '', rows }
}

function notText(): FleetFailure {
  return new FleetFailure(
    'file-kind',
    'the file is neither CSV nor XLSX',
    'save it as CSV, or as an Excel workbook (.xlsx)',
  )
}

/** Excel writes and heeds a first line `sep=;`. */
function withoutHint(text: string): { told?: string; body: string } {
  const hint = /^sep=([;,\t|])\r?\n/i.exec(text)
  return hint?.[1] === undefined ? { body: text } : { told: hint[1], body: text.slice(hint[0].length) }
}

/** The separator that parts the titles, quoted text set aside. */
function separatorOf(text: string): string {
  const titles = (/^(?:\s*\n)*([^\n]*)/.exec(text)?.[1] ?? '').replace(/"[^"]*"/g, '')
  const counted = separators.map((separator) => ({ separator, count: titles.split(separator).length }))
  return counted.reduce((best, next) => (next.count > best.count ? next : best)).separator
}

interface Parsed {
  readonly record: readonly string[]
  readonly info: { readonly lines: number }
}

async function readRows(text: string, separator: string, before: number): Promise<readonly Row[]> {
  const rows: Row[] = []
  const parser = parse({
    delimiter: separator,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    info: true,
    max_record_size: 1024 * 1024,
  })
  try {
    for await (const { record, info } of Readable.from(slices(text)).pipe(parser) as AsyncIterable<Parsed>) {
      refuseManyRows(rows.length + 1)
      rows.push({ number: info.lines + before, cells: record.slice(0, maxColumns).map(boundedCell) })
    }
    return rows
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    throw new FleetFailure(
      'csv-syntax',
      `the file is not valid CSV from line ${error.lines ?? 1} on`,
      'close every quotation mark there; one inside a quoted text is written twice',
    )
  }
}

/** So many characters are read at once: phones must not wait for a spreadsheet. */
const slice = 32_768

async function* slices(text: string): AsyncGenerator<string> {
  for (let start = 0; start < text.length; start += slice) {
    yield text.slice(start, start + slice)
    await nextTurn()
  }
}
