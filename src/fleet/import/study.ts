import type { ModelLookup } from '../../domain/model.ts'
import { hasErrors, type Problem } from '../../domain/problem.ts'
import type { FleetReader } from '../../store/store.ts'
import { FleetFailure } from '../failure.ts'
import { type FleetPlan, planEntries } from '../plan.ts'
import { type Draft, draftOf, type RowProblem } from './draft.ts'
import { heldBack } from './held.ts'
import { rememberedModels } from './models.ts'
import { type RowResult, rowResults } from './results.ts'
import type { Row } from './sheet.ts'
import type { Table } from './table.ts'
import { traced } from './trace.ts'

export interface ImportOptions {
  /** The company of rows that name none. */
  readonly company?: string
  /** The companies that exist for who asks; absent: all. */
  readonly within?: readonly string[]
}

/** What an import would do: of every row, and of the rows without a fault together. */
export interface ImportStudy {
  readonly rows: readonly RowResult[]
  /** Of titles, and what is of no row. */
  readonly problems: readonly Problem[]
  readonly refused: number
  /** What the good rows do; absent where a fault is of no row. */
  readonly plan?: FleetPlan
}

/** Leaving out a row can break another that names it; after so many times nothing sound is left to be found. */
const mostRounds = 25

/** Works out an import to the last row, with nothing done yet. */
export async function studyImport(
  reader: FleetReader,
  tables: readonly Table[],
  catalogue: ModelLookup,
  { company, within }: ImportOptions,
): Promise<ImportStudy> {
  const models = rememberedModels(catalogue)
  const companies = await reader.readFleet({ secrets: false, ...(within ? { companies: within } : {}) })
  const around = { companies, models, ...(company === undefined ? {} : { company }) }
  const general: Problem[] = tables.flatMap(({ problems }) => problems)
  const found: RowProblem[] = []
  const held = new Set<Row>()
  if (hasErrors(general)) return refusedWhole(tables, found, general)
  for (let round = 0; round < mostRounds; round++) {
    const draft = await draftOf(tables, around, held)
    const tried = await tryPlan(reader, draft, models)
    const [placed, unplaced] = told(draft, tried.problems)
    const faulty = placed.filter(({ problem }) => problem.severity === 'error')
    if (hasErrors(unplaced)) return refusedWhole(tables, [...found, ...placed], [...general, ...unplaced])
    if (faulty.length === 0 && tried.plan) {
      const rows = rowResults(tables, [...found, ...placed], tried.plan, draft)
      const refused = rows.filter(({ result }) => result === 'refused').length
      return { rows, problems: [...general, ...unplaced], refused, plan: tried.plan }
    }
    const more = heldBack(faulty, draft)
    found.push(...placed.filter(({ placed: { row } }) => more.rows.has(row)), ...more.problems)
    for (const row of more.rows) held.add(row)
  }
  return refusedWhole(tables, found, general)
}

async function tryPlan(
  reader: FleetReader,
  { entries }: Draft,
  models: ModelLookup,
): Promise<{ plan?: FleetPlan; problems: readonly Problem[] }> {
  try {
    const plan = await planEntries(reader, entries, models, { prune: false })
    return { plan, problems: plan.warnings }
  } catch (error) {
    if (!(error instanceof FleetFailure) || error.problems.length === 0) throw error
    return { problems: error.problems }
  }
}

/** Faults by row; what a cell already has is not told again as the rules see it. */
function told(draft: Draft, problems: readonly Problem[]): [RowProblem[], Problem[]] {
  const unread = new Map<Row, Set<string | undefined>>()
  for (const { placed, field } of draft.problems) {
    const fields = unread.get(placed.row) ?? new Set()
    unread.set(placed.row, fields.add(field))
  }
  const placed: RowProblem[] = [...draft.problems]
  const unplaced: Problem[] = []
  for (const problem of problems) {
    const at = traced(problem, draft)
    if (!at) unplaced.push(problem)
    else if (!unread.get(at.placed.row)?.has(at.field)) placed.push(at)
  }
  return [placed, unplaced]
}

function refusedWhole(
  tables: readonly Table[],
  found: readonly RowProblem[],
  problems: readonly Problem[],
): ImportStudy {
  const rows = rowResults(tables, found, undefined, undefined)
  return { rows, problems, refused: rows.length }
}
