import { caution, fault, type Problem } from '../../domain/problem.ts'
import {
  type Field,
  fieldOf,
  fieldsOf,
  likeTitle,
  plainWord,
  sheetNames,
  type TableKind,
  tableKinds,
  titles,
} from './columns.ts'
import { cleared, unguarded } from './guarded.ts'
import { columnLetters, type Row, type Sheet } from './sheet.ts'

/** A sheet whose columns are known. */
export interface Table {
  readonly kind: TableKind
  readonly sheet: string
  readonly columns: ReadonlyMap<Field, number>
  /** As the file writes them. */
  readonly titles: readonly string[]
  /** What the titles say nothing of, or twice. */
  readonly problems: readonly Problem[]
  readonly rows: readonly Row[]
}

/** A row and the table it stands in. */
export interface Placed {
  readonly table: Table
  readonly row: Row
}

/** The tables of a file: the sheets that are called so, or else the first. */
export function tablesOf(sheets: readonly Sheet[], kind: TableKind | undefined): readonly Table[] {
  const named = sheets.flatMap((sheet) => {
    const called = kindCalled(sheet.name)
    return called !== undefined && (kind ?? called) === called ? [tableOf(sheet, called)] : []
  })
  if (named.length > 0) return named
  const first = sheets.find(({ rows }) => rows.length > 0)
  return first ? [tableOf(first, kind ?? kindGuessed(first))] : []
}

function kindCalled(name: string): TableKind | undefined {
  return tableKinds.find((kind) =>
    [kind, sheetNames[kind].fr, sheetNames[kind].en].some((known) => plainWord(known) === plainWord(name)),
  )
}

function titleRow({ rows }: Sheet): readonly string[] {
  return (rows[0]?.cells ?? []).map((cell) => (typeof cell === 'string' ? unguarded(cell) : ''))
}

/** As a table of keys where more of its titles mean something there, and it says on which line they are. */
function kindGuessed(sheet: Sheet): TableKind {
  const known = (kind: TableKind) => new Set(titleRow(sheet).flatMap((title) => fieldOf(kind, title) ?? []))
  const [lines, keys] = [known('lines'), known('keys')]
  return keys.has('line') && keys.size > lines.size ? 'keys' : 'lines'
}

function tableOf(sheet: Sheet, kind: TableKind): Table {
  const written = titleRow(sheet)
  const columns = new Map<Field, number>()
  const problems: Problem[] = []
  for (const [index, title] of written.entries()) {
    if (title === '') continue
    const field = fieldOf(kind, title)
    const at = columnLetters(index)
    if (field === undefined) {
      const like = likeTitle(kind, title)
      const right = like ? `did you mean ${like}?` : 'it is left aside'
      problems.push(caution('column-unknown', at, `"${shown(title)}" is no column of ${kind}`, right))
    } else if (columns.has(field)) {
      problems.push(fault('column-twice', at, `"${shown(title)}" is there twice`, 'leave one of the two'))
    } else columns.set(field, index)
  }
  const needed: Field = kind === 'lines' ? 'number' : 'line'
  if (!columns.has(needed)) {
    const known = fieldsOf[kind].map((field) => titles[field].en).join(', ')
    const right = `call it ${titles[needed].en} or ${titles[needed].fr}; the columns are ${known}`
    problems.push(fault('column-missing', 'A', `no column of ${kind} is the ${needed}`, right))
  }
  const rows = sheet.rows
    .slice(1)
    .filter(({ cells }) => cells.some((cell) => typeof cell !== 'string' || cell.trim() !== ''))
  return { kind, sheet: sheet.name, columns, titles: written, problems, rows }
}

/** What a row says in a column: a text, `null` to empty the field, nothing; or a fault, which is handed to `blame`. */
export function said(
  { table, row }: Placed,
  field: Field,
  blame: (field: Field, problem: Problem) => void,
): string | null | undefined {
  const index = table.columns.get(field)
  const cell = index === undefined ? undefined : row.cells[index]
  if (cell === undefined) return undefined
  if (typeof cell !== 'string') {
    const { code, wrong, right } = cell
    blame(field, { code, severity: 'error', path: '', wrong, right })
    return undefined
  }
  const raw = cell.trim()
  if (raw === '') return undefined
  return raw === cleared ? null : unguarded(cell)
}

export function shown(text: string): string {
  return text.slice(0, 40).replace(/\p{C}/gu, '?')
}
