import { z } from 'zod'
import { tableKinds } from '../../fleet/import/columns.ts'
import type { Table } from '../../fleet/import/table.ts'

/** What was read of a file, so that it can be corrected where it was refused. */
export const readTableOf = z.object({
  kind: z.enum(tableKinds),
  sheet: z.string(),
  columns: z.array(
    z.object({
      title: z.string().describe('As the file writes it'),
      field: z.string().optional().describe('What it was taken for; absent: it is left aside'),
    }),
  ),
  rows: z.array(
    z.object({ row: z.int(), cells: z.array(z.string().nullable().describe('null: it cannot be read')) }),
  ),
})

export function shownTable({ kind, sheet, columns, titles, rows }: Table): z.output<typeof readTableOf> {
  const fields = new Map([...columns].map(([field, index]) => [index, field]))
  return {
    kind,
    sheet,
    columns: titles.map((title, index) => {
      const field = fields.get(index)
      return { title, ...(field === undefined ? {} : { field }) }
    }),
    rows: rows.map(({ number, cells }) => ({
      row: number,
      cells: titles.map((_title, i) => {
        const cell = cells[i] ?? ''
        return typeof cell === 'string' ? cell : null
      }),
    })),
  }
}
