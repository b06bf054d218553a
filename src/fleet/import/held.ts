import { fault } from '../../domain/problem.ts'
import type { Draft, RowProblem } from './draft.ts'
import type { Row } from './sheet.ts'

/**
 * Rows that are left out with these faults: their own, and every row of a line's keys where one of them is at fault,
 * since keys are replaced as a whole.
 */
export function heldBack(
  faulty: readonly RowProblem[],
  { origins }: Draft,
): { rows: ReadonlySet<Row>; problems: readonly RowProblem[] } {
  const own = new Set(faulty.map(({ placed }) => placed.row))
  const others = [...origins.values()].flatMap(({ keyRows }) =>
    keyRows.some(({ row }) => own.has(row)) ? keyRows.filter(({ row }) => !own.has(row)) : [],
  )
  const right = "a line's keys are replaced as a whole: correct the other row"
  const problem = fault('keys-together', '', 'another key of this line is refused', right)
  return {
    rows: new Set([...own, ...others.map(({ row }) => row)]),
    problems: others.map((placed) => ({ placed, problem })),
  }
}
