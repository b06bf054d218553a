import { FleetFailure } from '../failure.ts'

/** What a cell holds: its text, or why it cannot be taken. */
export type Cell = string | CellFault

export interface CellFault {
  readonly code: string
  readonly wrong: string
  readonly right: string
}

/** Why a cell cannot be taken, whatever column it stands in. */
export function cellFault(code: string, wrong: string, right: string): CellFault {
  return { code, wrong, right }
}

export interface Row {
  /** As the spreadsheet counts it, or the line of the file it ends at. */
  readonly number: number
  readonly cells: readonly Cell[]
}

export interface Sheet {
  readonly name: string
  readonly rows: readonly Row[]
}

export const maxImportBytes = 10 * 1024 * 1024
const maxRows = 100_000
export const maxColumns = 200
const maxCell = 1000

/** Before anything of a file is read. */
export function refuseLarge(bytes: number): void {
  if (bytes <= maxImportBytes) return
  throw new FleetFailure(
    'file-too-large',
    `the file has ${Math.ceil(bytes / 1048576)} MB`,
    'split it; at most 10 MB are read',
  )
}

export function refuseManyRows(rows: number): void {
  if (rows <= maxRows) return
  throw new FleetFailure('import-rows', `the file has more than ${maxRows} rows`, 'split it')
}

/** A text of a cell, or why it is none. */
export function boundedCell(text: string): Cell {
  if (text.length <= maxCell) return text
  return cellFault('too-long', `the cell has ${text.length} characters`, `write at most ${maxCell}`)
}

/** `A`, `B`, … `Z`, `AA`: what spreadsheets call a column, counted from 0. */
export function columnLetters(index: number): string {
  const rest = Math.floor(index / 26)
  return (rest > 0 ? columnLetters(rest - 1) : '') + String.fromCharCode(65 + (index % 26))
}
