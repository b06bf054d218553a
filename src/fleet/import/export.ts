import type { Company, Line, Locale } from '../../domain/intent.ts'
import { formatMac } from '../../domain/mac.ts'
import {
  type Field,
  fieldsOf,
  type KeyField,
  type LineField,
  sheetNames,
  type TableKind,
  titles,
} from './columns.ts'
import { guarded } from './guarded.ts'

/** The rows of an import that would change nothing, titles first. */
export function* exportedRows(
  kind: TableKind,
  companies: readonly Company[],
  locale: Locale,
): Generator<readonly string[]> {
  const fields = fieldsOf[kind]
  yield fields.map((field) => titles[field][locale])
  for (const company of companies) {
    for (const line of company.lines) {
      const rows = kind === 'lines' ? [lineCells(company.name, line)] : keyCells(company.name, line)
      for (const row of rows) yield fields.map((field) => guarded(row[field] ?? ''))
    }
  }
}

/** Both tables, for a workbook. */
export function exportedSheets(companies: readonly Company[], locale: Locale) {
  return (['lines', 'keys'] as const).map((kind) => ({
    name: sheetNames[kind][locale],
    rows: exportedRows(kind, companies, locale),
  }))
}

/** What Excel opens without asking where its language is French as well: UTF-8 with a mark, semicolons. */
export function* csvText(rows: Iterable<readonly string[]>): Generator<string> {
  yield '\ufeff'
  for (const row of rows) yield `${row.map(quoted).join(';')}\r\n`
}

function quoted(text: string): string {
  return /[";,\t|\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

type Cells<F extends Field> = { readonly [K in F]?: string | undefined } & {
  readonly [K in Field]?: string | undefined
}

function lineCells(company: string, line: Line): Cells<LineField> {
  const {
    number,
    kind,
    site,
    firstName,
    lastName,
    name,
    email,
    shortNumber,
    sip,
    equipment,
    internetAccess,
  } = line
  return {
    company,
    number,
    kind,
    site,
    firstName,
    lastName,
    name,
    email,
    shortNumber,
    sipUser: sip?.user,
    sipPassword: sip?.password,
    model: equipment?.model,
    mac: equipment?.mac && formatMac(equipment.mac),
    port: equipment && String(equipment.port),
    use: equipment?.use,
    expansion: equipment?.expansion.join(' '),
    internetAccess,
  }
}

function keyCells(company: string, { number: line, keys }: Line): readonly Cells<KeyField>[] {
  const { supervision, shortcuts } = keys
  const all = [
    ...supervision.map((number) => ({ type: 'supervision', number })),
    ...shortcuts.map((key) => (key === 'interception' ? { type: key } : { type: 'shortcut', ...key })),
  ]
  return all.map((key, i) => ({ company, line, position: String(i + 1), ...key }))
}
