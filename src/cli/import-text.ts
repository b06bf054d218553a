import type { Problem } from '../domain/problem.ts'
import { type RowResult, rowOutcomes } from '../fleet/import/results.ts'
import type { ImportStudy } from '../fleet/import/study.ts'
import { planText } from './plan-text.ts'

const devices = {
  reboot: ', the device reboots now',
  'quiet-hours': ', the device waits for the quiet hours',
}

/** An import as people read it: its rows, all of them or those with something to look at, then what they do together. */
export function importText(study: ImportStudy, all: boolean): string {
  const { rows, problems, plan } = study
  return [
    ...problems.map(titleText),
    ...rows.filter((row) => all || row.problems.length > 0).flatMap(rowText),
    counted(rows),
    ...(plan && plan.diff.length > 0 ? [planText({ ...plan, warnings: [] })] : []),
  ].join('\n')
}

function rowText({ sheet, row, line, result, device, problems }: RowResult): string[] {
  const place = `${sheet ? `${sheet} ` : ''}row ${row}${line ? ` ${line}` : ''}`
  return [
    `${place}: ${result}${device ? devices[device] : ''}`,
    ...problems.map(({ column, title, code, wrong, right }) => {
      const at = column === undefined ? '' : ` column ${column}${title ? ` (${title})` : ''}`
      return `  ${code}${at}: ${wrong} → ${right}`
    }),
  ]
}

function titleText({ severity, code, path, wrong, right }: Problem): string {
  const at = /^[A-Z]{1,2}$/.test(path) ? `column ${path}` : path
  return `${severity} ${code}: ${at}: ${wrong} → ${right}`
}

function counted(rows: readonly RowResult[]): string {
  return countsOf(rows)
    .map(([outcome, count]) => `${count} ${outcome}`)
    .join(', ')
}

function countsOf(rows: readonly RowResult[]): readonly (readonly [string, number])[] {
  const counts = rowOutcomes.map(
    (outcome) => [outcome, rows.filter(({ result }) => result === outcome).length] as const,
  )
  return rows.length === 0 ? [['rows', 0]] : counts.filter(([, count]) => count > 0)
}

/** The same for programs. */
export function importJson({ rows, problems, refused }: ImportStudy, applied: boolean): object {
  return { applied, refused, counts: Object.fromEntries(countsOf(rows)), problems, rows }
}
