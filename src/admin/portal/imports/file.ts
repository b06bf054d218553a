import { z } from 'zod'
import { sheetNames, tableKinds } from '../../../fleet/import/columns.ts'
import { csvText } from '../../../fleet/import/export.ts'
import { writeXlsx } from '../../../fleet/import/xlsx/write.ts'
import type { readTableOf } from '../../routes/imports-cells.ts'
import type { Form } from '../page.ts'

export type ReadTable = z.output<typeof readTableOf>

/** What a form carries from one step to the next: the tables as they were read and corrected. */
const keptSchema = z.array(
  z.object({
    kind: z.enum(tableKinds),
    titles: z.array(z.string()),
    rows: z.array(z.array(z.string())),
  }),
)

type Kept = z.output<typeof keptSchema>

/** The name of a cell's field: which table, which of its rows, which column. */
export function cellName(table: number, row: number, column: number): string {
  return `cell.${table}.${row}.${column}`
}

export function keptTables(tables: readonly ReadTable[]): string {
  const kept: Kept = tables.map(({ kind, columns, rows }) => ({
    kind,
    titles: columns.map(({ title }) => title),
    rows: rows.map(({ cells }) => cells.map((cell) => cell ?? '')),
  }))
  return JSON.stringify(kept)
}

/** The file of a form: the one that was chosen, or what was read of it with the cells that were corrected. */
export async function fileOf(form: Form): Promise<Uint8Array> {
  const chosen = form.file('file')
  if (chosen && chosen.byteLength > 0) return chosen
  const shown = new Set(form.all('shown'))
  const tables = read(form.one('tables')).map(({ kind, titles, rows }, t) => ({
    kind,
    rows: [
      titles,
      ...rows.map((cells, r) => (shown.has(`${t}.${r}`) ? corrected(form, cells, t, r) : cells)),
    ],
  }))
  const [only] = tables
  if (tables.length === 1 && only) return Buffer.from([...csvText(only.rows)].join(''))
  return writeXlsx(tables.map(({ kind, rows }) => ({ name: sheetNames[kind].en, rows })))
}

/** A row that was shown is what stands in its fields, the empty ones too. */
function corrected({ fields }: Form, cells: readonly string[], table: number, row: number): string[] {
  return cells.map((_cell, column) => fields[cellName(table, row, column)] ?? '')
}

/** Written by the page before; whoever wrote it otherwise has read nothing. */
function read(text: string | undefined): Kept {
  try {
    return keptSchema.parse(JSON.parse(text ?? '[]'))
  } catch {
    return []
  }
}
