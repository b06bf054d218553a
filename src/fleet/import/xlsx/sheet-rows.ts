import { boundedCell, type Cell, cellFault, maxColumns, type Row, refuseManyRows } from '../sheet.ts'
import type { Workbook } from './workbook.ts'
import { type XmlEvent, xmlEvents } from './xml.ts'

interface OpenCell {
  readonly column: number
  readonly reference: string
  readonly type: string
  readonly style: string | undefined
  value: string
  formula: boolean
}

/** The rows of a sheet while it is unpacked; rows without a cell that says something are left out. */
export async function sheetRows(pieces: AsyncIterable<string>, workbook: Workbook): Promise<readonly Row[]> {
  const rows: Row[] = []
  let number = 0
  let cells: Cell[] = []
  let cell: OpenCell | undefined
  let inValue = false
  const take = (event: XmlEvent) => {
    if (event.kind === 'text') {
      if (cell && inValue) cell.value += event.text
    } else if (event.name === 'row') {
      if (event.kind === 'open') {
        number = Number(event.attributes.get('r') ?? number + 1)
        cells = []
      } else if (cells.some((each) => each !== '')) {
        rows.push({ number, cells: Array.from(cells, (each) => each ?? '') })
        refuseManyRows(rows.length)
      }
    } else if (event.name === 'c') {
      if (event.kind === 'open') cell = openCell(event.attributes, cells.length)
      else if (cell) {
        if (cell.column < maxColumns) cells[cell.column] = cellOf(cell, workbook)
        cell = undefined
      }
    } else if (event.name === 'v' || event.name === 't') inValue = event.kind === 'open'
    else if (event.name === 'f' && cell) cell.formula = true
  }
  for await (const events of xmlEvents(pieces)) events.forEach(take)
  return rows
}

function openCell(attributes: ReadonlyMap<string, string>, next: number): OpenCell {
  const reference = attributes.get('r') ?? ''
  const letters = /^([A-Z]{1,3})\d+$/.exec(reference)?.[1]
  return {
    column: letters === undefined ? next : columnOf(letters),
    reference,
    type: attributes.get('t') ?? 'n',
    style: attributes.get('s'),
    value: '',
    formula: false,
  }
}

function columnOf(letters: string): number {
  return [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1
}

const asText = 'format the cell as text and write it anew'

function cellOf({ reference, type, style, value, formula }: OpenCell, { texts, isDate }: Workbook): Cell {
  if (formula) {
    return cellFault(
      'cell-formula',
      `${reference} holds a formula`,
      'put its value there (paste values only)',
    )
  }
  if (value === '') return ''
  if (type === 's') return boundedCell(texts[Number(value)] ?? '')
  if (type === 'inlineStr' || type === 'str') return boundedCell(value)
  if (type === 'e') return cellFault('cell-error', `${reference} holds an error`, 'correct the cell')
  if (type === 'b') return cellFault('cell-boolean', `${reference} holds true or false`, asText)
  if (type === 'd' || isDate(style)) return cellFault('cell-date', `${reference} holds a date`, asText)
  const amount = Number(value)
  // Long numbers are kept as 3.3483050173E10 and shown in full.
  return Number.isSafeInteger(amount) ? String(amount) : boundedCell(value)
}
