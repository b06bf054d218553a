import { sameRecord } from '../../domain/diff.ts'
import type { RecordChange, Urgency } from '../../domain/fleet-diff.ts'
import type { Line } from '../../domain/intent.ts'
import type { Problem } from '../../domain/problem.ts'
import type { FleetPlan } from '../plan.ts'
import type { TableKind } from './columns.ts'
import type { Draft, Origin, RowProblem } from './draft.ts'
import { columnLetters, type Row } from './sheet.ts'
import type { Table } from './table.ts'

export const rowOutcomes = ['created', 'changed', 'unchanged', 'refused', 'untried'] as const
export type RowOutcome = (typeof rowOutcomes)[number]

/** What becomes of one row. */
export interface RowResult {
  readonly kind: TableKind
  /** Of a workbook. */
  readonly sheet?: string
  readonly row: number
  /** The line it is about. */
  readonly line?: string
  readonly result: RowOutcome
  /** When its device hears of it; absent where no device does. */
  readonly device?: Urgency
  readonly problems: readonly CellProblem[]
}

export interface CellProblem extends Omit<Problem, 'path'> {
  /** `C`. */
  readonly column?: string
  /** The column's title as the file writes it. */
  readonly title?: string
}

/** One result for each row, in the order of the file. */
export function rowResults(
  tables: readonly Table[],
  found: readonly RowProblem[],
  plan: FleetPlan | undefined,
  draft: Draft | undefined,
): readonly RowResult[] {
  const problems = new Map<Row, CellProblem[]>()
  for (const each of found) {
    const list = problems.get(each.placed.row) ?? []
    problems.set(each.placed.row, list)
    list.push(cellProblem(each))
  }
  const origins = new Map<Row, Origin>()
  for (const origin of draft?.origins.values() ?? []) {
    if (origin.row) origins.set(origin.row.row, origin)
    for (const { row } of origin.keyRows) if (!origins.has(row)) origins.set(row, origin)
  }
  const outcomes = plan ? outcomesOf(plan) : undefined
  return tables.flatMap((table) =>
    table.rows.map((row): RowResult => {
      const faults = problems.get(row) ?? []
      const origin = origins.get(row)
      const at = {
        kind: table.kind,
        ...(table.sheet === '' ? {} : { sheet: table.sheet }),
        row: row.number,
        ...(origin ? { line: origin.number } : {}),
        problems: faults,
      }
      if (faults.some(({ severity }) => severity === 'error')) return { ...at, result: 'refused' }
      if (!outcomes || !origin) return { ...at, result: 'untried' }
      return { ...at, ...outcomes(origin.number, table.kind) }
    }),
  )
}

function cellProblem({ placed: { table }, field, problem }: RowProblem): CellProblem {
  const { code, severity, wrong, right } = problem
  const index = field === undefined ? undefined : table.columns.get(field)
  const title = index === undefined ? undefined : table.titles[index]
  const where = index === undefined ? {} : { column: columnLetters(index), ...(title ? { title } : {}) }
  return { ...where, code, severity, wrong, right }
}

type Outcome = Pick<RowResult, 'result' | 'device'>

function outcomesOf(plan: FleetPlan): (number: string, kind: TableKind) => Outcome {
  const changes = new Map<string, RecordChange<Line>>()
  for (const { lines } of plan.diff) {
    for (const change of lines) if (change.after) changes.set(change.after.number, change)
  }
  const urgencies = new Map(plan.impacts.map(({ mac, urgency }) => [mac, urgency]))
  return (number, kind) => {
    const change = changes.get(number)
    if (!change || !touches(change, kind)) return { result: 'unchanged' }
    const macs = [change.after?.equipment?.mac, change.before?.equipment?.mac]
    const device = macs.map((mac) => urgencies.get(mac ?? '')).find((urgency) => urgency !== undefined)
    return { result: change.before ? 'changed' : 'created', ...(device ? { device } : {}) }
  }
}

/** Whether what a change changes is what such a row says. */
function touches({ before, after }: RecordChange<Line>, kind: TableKind): boolean {
  if (!before || !after) return true
  if (kind === 'keys') return !sameRecord(before.keys, after.keys)
  return !sameRecord({ ...before, keys: after.keys }, after)
}
