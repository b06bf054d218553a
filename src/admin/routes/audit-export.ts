import type { AuditEntry, AuditQuery } from '../../store/audit.ts'
import type { Store } from '../../store/store.ts'
import { instant } from './devices-shown.ts'

export const auditFormats = ['csv', 'jsonl'] as const
export type AuditFormat = (typeof auditFormats)[number]

export const contentTypes: Readonly<Record<AuditFormat, string>> = {
  csv: 'text/csv; charset=utf-8',
  jsonl: 'application/jsonl; charset=utf-8',
}

const columns = [
  'id',
  'change',
  'at',
  'who',
  'source',
  'what',
  'company',
  'subject',
  'action',
  'before',
  'after',
] as const

const pageSize = 500

/** A page at a time: however long the history, little of it is held at once. */
export async function* written(
  store: Pick<Store, 'findAudit'>,
  query: Omit<AuditQuery, 'limit'>,
  format: AuditFormat,
): AsyncGenerator<string> {
  if (format === 'csv') yield `${columns.join(',')}\r\n`
  let after: number | undefined
  for (;;) {
    const paged = after === undefined ? query : { ...query, after }
    const page = await store.findAudit({ ...paged, limit: pageSize })
    if (page.length > 0) yield page.map(format === 'csv' ? csvLine : jsonLine).join('')
    after = page.at(-1)?.id
    if (page.length < pageSize) return
  }
}

function jsonLine(entry: AuditEntry): string {
  return `${JSON.stringify({ ...entry, at: instant(entry.at) })}\n`
}

function csvLine(entry: AuditEntry): string {
  const dated: Readonly<Record<string, unknown>> = { ...entry, at: instant(entry.at) }
  return `${columns.map((column) => cell(dated[column])).join(',')}\r\n`
}

function cell(value: unknown): string {
  if (value === undefined) return ''
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value)
  const harmless = isFormula(text) ? `'${text}` : text
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless
}

/** What a spreadsheet would carry out. A phone number begins with a plus and is carried out by none. */
function isFormula(text: string): boolean {
  return /^[=+\-@\t\r]/.test(text) && !/^\+\d+$/.test(text)
}
