import type { Problem } from '../../domain/problem.ts'
import type { Field } from './columns.ts'
import type { Draft, Origin, RowProblem } from './draft.ts'
import type { Placed } from './table.ts'

const lineColumns: Readonly<Record<string, Field>> = {
  number: 'number',
  kind: 'kind',
  site: 'site',
  firstName: 'firstName',
  lastName: 'lastName',
  name: 'name',
  email: 'email',
  shortNumber: 'shortNumber',
  internetAccess: 'internetAccess',
  'sip.user': 'sipUser',
  'sip.password': 'sipPassword',
  equipment: 'model',
  'equipment.model': 'model',
  'equipment.mac': 'mac',
  'equipment.port': 'port',
  'equipment.use': 'use',
  'equipment.expansion': 'expansion',
}

/** Which row and column a fault of the rules stands in; `undefined`: in none of the file's. */
export function traced(problem: Problem, { origins }: Draft): RowProblem | undefined {
  const [, line = '', rest = ''] = /^(companies\[\d+\]\.lines\[\d+\])\.?(.*)$/.exec(problem.path) ?? []
  const origin = origins.get(line)
  if (!origin) return undefined
  const key = /^keys(?:\.(supervision|shortcuts)(?:\[(\d+)\](?:\.(number|label))?)?)?$/.exec(rest)
  if (key) return tracedKey(problem, origin, key)
  const placed = origin.row ?? origin.keyRows[0]
  const field = lineColumns[rest.replace(/\[\d+\].*$/, '')]
  return placed && { placed, ...(field && origin.row ? { field } : {}), problem }
}

function tracedKey(
  problem: Problem,
  origin: Origin,
  [, list, index, part]: RegExpExecArray,
): RowProblem | undefined {
  const rows = list === 'shortcuts' ? origin.shortcuts : origin.supervision
  const placed: Placed | undefined = rows[Number(index ?? 0)] ?? origin.keyRows[0] ?? origin.row
  if (!placed) return undefined
  if (placed.table.kind === 'lines') return { placed, problem }
  return { placed, field: part === 'label' ? 'label' : 'number', problem }
}
