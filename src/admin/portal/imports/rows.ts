import type { z } from 'zod'
import type { importOf } from '../../routes/imports-done.ts'
import { inWords } from '../faults.ts'
import type { Visit } from '../page.ts'
import { cellName, type ReadTable } from './file.ts'

export type Imported = z.output<typeof importOf>
type RowResult = Imported['rows'][number]

/** So many rows are corrected at once, and so many are listed: who has more corrects his file. */
const mostCorrected = 50
const mostListed = 100

export interface RowsShown {
  /** Rows with something to say, each with its cells as fields. */
  readonly faulty: readonly object[]
  readonly moreFaulty: number
  readonly listed: readonly object[]
  readonly moreListed: number
}

/** What was read, row by row, with what would become of it. */
export function rowsShown(
  visit: Pick<Visit, 'locale'>,
  tables: readonly ReadTable[],
  results: readonly RowResult[],
): RowsShown {
  const resultOf = new Map(results.map((result) => [placeOf(result), result]))
  const rows = tables.flatMap((table, t) =>
    table.rows.map(({ row, cells }, r) => {
      const result = resultOf.get(placeOf({ kind: table.kind, sheet: table.sheet || undefined, row }))
      return { table, t, r, row, cells, result }
    }),
  )
  const faulty = rows.filter(({ result }) => (result?.problems.length ?? 0) > 0)
  return {
    faulty: faulty.slice(0, mostCorrected).map((row) => faultyRow(visit, row)),
    moreFaulty: Math.max(0, faulty.length - mostCorrected),
    listed: rows.slice(0, mostListed).map(listedRow),
    moreListed: Math.max(0, rows.length - mostListed),
  }
}

interface Row {
  readonly table: ReadTable
  readonly t: number
  readonly r: number
  readonly row: number
  readonly cells: readonly (string | null)[]
  readonly result: RowResult | undefined
}

function placeOf({
  kind,
  sheet = '',
  row,
}: {
  kind: string
  sheet?: string | undefined
  row: number
}): string {
  return `${kind} ${row} ${sheet}`
}

function faultyRow({ locale }: Pick<Visit, 'locale'>, { table, t, r, row, cells, result }: Row): object {
  const problems = (result?.problems ?? []).map((problem) => ({
    ...problem,
    ...inWords(locale, problem),
    index: problem.column === undefined ? undefined : columnIndex(problem.column),
    isError: problem.severity === 'error',
  }))
  const fields = table.columns.map(({ title, field }, c) => ({
    name: cellName(t, r, c),
    title: title || field || '–',
    value: cells[c] ?? '',
    // What cannot be read has to be written anew.
    required: cells[c] === null,
    secret: field === 'sipPassword',
    problems: problems.filter(({ index }) => index === c),
  }))
  return {
    mark: `${t}.${r}`,
    row,
    sheet: table.sheet,
    line: result?.line,
    result: result?.result,
    general: problems.filter(({ index }) => index === undefined),
    wrong: fields.filter(({ problems }) => problems.length > 0),
    others: fields.filter(({ problems }) => problems.length === 0),
  }
}

/** `A` is the first one, `AA` follows `Z`. */
function columnIndex(letters: string): number {
  return [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1
}

const names = ['name', 'firstName', 'lastName', 'label', 'type'] as const

function listedRow({ table, row, cells, result }: Row): object {
  const said = names.map((name) => cells[table.columns.findIndex(({ field }) => field === name)])
  return {
    row,
    sheet: table.sheet,
    line: result?.line,
    what: said.filter(Boolean).join(' '),
    result: result?.result ?? 'untried',
    device: result?.device,
  }
}

/** How many rows come to what, and how many devices hear of it. */
export function countsOf(results: readonly RowResult[]): readonly { result: string; count: number }[] {
  const outcomes = ['created', 'changed', 'unchanged', 'refused', 'untried'] as const
  return outcomes
    .map((outcome) => ({
      result: outcome,
      count: results.filter(({ result }) => result === outcome).length,
    }))
    .filter(({ count }) => count > 0)
}
