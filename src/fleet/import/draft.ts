import type { Company, Line } from '../../domain/intent.ts'
import type { ModelLookup } from '../../domain/model.ts'
import { parseLineNumber } from '../../domain/phone-number.ts'
import { fault, type Problem } from '../../domain/problem.ts'
import { type FleetEntries, readEntries } from '../entries.ts'
import type { Field } from './columns.ts'
import { keysOfRows } from './key-rows.ts'
import { type Blame, lineOfRow, numberSaid } from './line-row.ts'
import { inSlices } from './slices.ts'
import { type Placed, said, shown, type Table } from './table.ts'

/** A line of the draft and the rows it comes from. */
export interface Origin {
  readonly company: string
  readonly number: string
  readonly row?: Placed
  readonly keyRows: readonly Placed[]
  readonly supervision: readonly Placed[]
  readonly shortcuts: readonly Placed[]
}

export interface RowProblem {
  readonly placed: Placed
  readonly field?: Field
  readonly problem: Problem
}

/** The fleet file that rows amount to, and the way back from its places to the rows. */
export interface Draft {
  readonly entries: FleetEntries
  /** By the path of the line in `entries`. */
  readonly origins: ReadonlyMap<string, Origin>
  readonly problems: readonly RowProblem[]
}

export interface Surroundings {
  readonly models: ModelLookup
  /** The companies that the rows may be about. */
  readonly companies: readonly Company[]
  /** The company of rows that name none. */
  readonly company?: string
}

interface Found {
  readonly company: string
  readonly number: string
  readonly stored: Line | undefined
  readonly rows: Placed[]
  readonly keyRows: Placed[]
}

/** Rows as a fleet file. Rows in `held` are left out. */
export async function draftOf(
  tables: readonly Table[],
  around: Surroundings,
  held: ReadonlySet<Placed['row']>,
): Promise<Draft> {
  const problems: RowProblem[] = []
  const blameIn =
    (placed: Placed): Blame =>
    (field, problem) =>
      problems.push({ placed, field, problem })
  const found = new Map<string, Found>()
  const storedLines = new Map(
    around.companies.flatMap(({ name, lines }) =>
      lines.map((line) => [line.number, { name, line }] as const),
    ),
  )
  for (const table of tables) {
    await inSlices(table.rows, (row) => {
      if (held.has(row)) return
      const placed = { table, row }
      const at = placeOf(placed, storedLines, around, blameIn(placed))
      if (!at) return
      const key = `${at.company}\n${at.number}`
      const known = found.get(key) ?? { ...at, rows: [], keyRows: [] }
      found.set(key, known)
      known[table.kind === 'lines' ? 'rows' : 'keyRows'].push(placed)
    })
  }
  return { ...(await gathered([...found.values()], around.models, blameIn)), problems }
}

/** Which line a row is about. */
function placeOf(
  placed: Placed,
  stored: ReadonlyMap<string, { readonly name: string; readonly line: Line }>,
  { companies, company }: Surroundings,
  blame: Blame,
): Pick<Found, 'company' | 'number' | 'stored'> | undefined {
  const field = placed.table.kind === 'lines' ? 'number' : 'line'
  let blamed = false
  const text = numberSaid(placed, field, (at, problem) => {
    blamed = true
    blame(at, problem)
  })
  if (text === undefined) {
    if (!blamed) blame(field, fault('missing-field', '', 'the number of the line is missing', 'write it'))
    return undefined
  }
  const parsed = parseLineNumber(text, '')
  if ('problem' in parsed) {
    blame(field, parsed.problem)
    return undefined
  }
  const known = stored.get(parsed.number)
  const only = companies.length === 1 ? companies[0]?.name : undefined
  const name = said(placed, 'company', blame) ?? company ?? known?.name ?? only
  if (name === undefined) {
    blame('company', fault('missing-field', '', 'the company is missing', 'write its name'))
    return undefined
  }
  if (!companies.some((each) => each.name === name)) {
    const wrong = `there is no company "${shown(name)}"`
    blame('company', fault('company-unknown', '', wrong, 'write the name of one that is there'))
    return undefined
  }
  return { company: name, number: parsed.number, stored: known?.name === name ? known.line : undefined }
}

async function gathered(
  found: readonly Found[],
  models: ModelLookup,
  blameIn: (placed: Placed) => Blame,
): Promise<Omit<Draft, 'problems'>> {
  const names = [...new Set(found.map(({ company }) => company))]
  const origins = new Map<string, Origin>()
  const indexes = new Map(names.map((name, index) => [name, index]))
  const lists: object[][] = names.map(() => [])
  await inSlices(found, ({ company, number, stored, rows, keyRows }) => {
    const [first] = keyRows
    const keys = first ? keysOfRows(keyRows, blameIn) : undefined
    if (rows.length === 0 && !stored && first) {
      const right = 'write the number of one that is there, or add it as a line'
      blameIn(first)('line', fault('line-unknown', '', `there is no line ${number}`, right))
      return
    }
    const index = indexes.get(company) ?? 0
    const list = lists[index] ?? []
    // A number that stands in two rows becomes two lines, and the rules say so of both.
    for (const [i, row] of (rows.length > 0 ? rows : [undefined]).entries()) {
      const own = i === 0 ? keys : undefined
      const { supervision = [], shortcuts = [] } = own ?? {}
      origins.set(`companies[${index}].lines[${list.length}]`, {
        company,
        number,
        ...(row ? { row } : {}),
        keyRows: i === 0 ? keyRows : [],
        supervision,
        shortcuts,
      })
      const line = row
        ? lineOfRow(row, number, stored, models, blameIn(row))
        : { number, kind: stored?.kind, site: stored?.site }
      list.push({ ...line, ...(own ? { keys: own.keys } : {}) })
    }
  })
  const companies = names.map((name, i) => ({ name, lines: lists[i] ?? [] }))
  return { entries: readEntries({ companies }), origins }
}
