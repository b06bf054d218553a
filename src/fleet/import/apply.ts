import type { ModelLookup } from '../../domain/model.ts'
import type { Problem } from '../../domain/problem.ts'
import type { FleetReader, Store } from '../../store/store.ts'
import { applyPlanned, type WriteOptions } from '../apply.ts'
import { FleetFailure } from '../failure.ts'
import type { FleetPlan } from '../plan.ts'
import { type ImportOptions, type ImportStudy, studyImport } from './study.ts'
import type { Table } from './table.ts'

export interface ImportWrite extends ImportOptions, WriteOptions {
  /** Rows with faults are left out; without it one such row keeps all of them out. */
  readonly skipBadRows: boolean
}

/** Imports rows, all in one transaction, by what the rules allow at that very moment. */
export async function importRows(
  store: Store,
  tables: readonly Table[],
  models: ModelLookup,
  options: ImportWrite,
): Promise<ImportStudy> {
  let made: ImportStudy | undefined
  const makePlan = async (reader: FleetReader): Promise<FleetPlan> => {
    made = await studyImport(reader, tables, models, options)
    return planOfImport(made, options.skipBadRows)
  }
  await applyPlanned(store, makePlan, options)
  if (!made) throw new Error('a write ended without its plan')
  return made
}

/** What of a study may be done; none of it where rows are refused, unless these are to be left out. */
export function planOfImport(study: ImportStudy, skipBadRows: boolean): FleetPlan {
  if (study.plan && (skipBadRows || study.refused === 0)) return study.plan
  const rows = study.rows.flatMap(({ kind, sheet, row, problems }) =>
    problems.map(({ column, title, ...problem }): Problem => {
      const place = column === undefined ? '' : `, column ${column}${title ? ` (${title})` : ''}`
      return { ...problem, path: `${sheet ?? kind} row ${row}${place}` }
    }),
  )
  throw new FleetFailure(
    'import-refused',
    study.plan
      ? `${study.refused} of ${study.rows.length} rows are refused: nothing was changed`
      : 'nothing was changed',
    study.plan ? 'correct what is named, or leave these rows out' : 'correct what is named',
    [
      ...study.problems.map((problem) => ({
        ...problem,
        path: problem.path.length < 3 ? `column ${problem.path}` : problem.path,
      })),
      ...rows,
    ].slice(0, mostTold),
  )
}

const mostTold = 200
