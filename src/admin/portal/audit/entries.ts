import type { z } from 'zod'
import { displayName, type Line } from '../../../domain/intent.ts'
import { differences } from '../../../fleet/differences.ts'
import type { entryOf } from '../../routes/audit.ts'
import { linePath, sitePath } from '../address.ts'
import { companyPath } from '../companies/known.ts'
import { fieldName, valueName } from '../companies/words.ts'
import { shownDate } from '../formats.ts'
import type { Visit } from '../page.ts'
import { hasText } from '../text.ts'

export type Entry = z.output<typeof entryOf>

type Words = Pick<Visit, 'text' | 'locale'>

/** More of one record than this is seldom read through. */
const mostFields = 30
/** Of a change of many records these are seen at once, the others unfold. */
const mostAtOnce = 5

/** What was changed at once stands together: by whom, when, and record by record what it was and what it is. */
export function changesShown(visit: Words, entries: readonly Entry[]): readonly object[] {
  const changes = new Map<number, Entry[]>()
  for (const entry of entries) changes.set(entry.change, [...(changes.get(entry.change) ?? []), entry])
  return [...changes.values()].flatMap((together) => {
    const [first] = together
    if (!first) return []
    const { who, at, source } = first
    const sourceKey = `audit.source.${source}`
    return [
      {
        who,
        at,
        source: hasText(sourceKey) ? visit.text(sourceKey) : source,
        entries: together.slice(0, mostAtOnce).map((entry) => entryShown(visit, entry)),
        more: together.slice(mostAtOnce).map((entry) => entryShown(visit, entry)),
      },
    ]
  })
}

function entryShown(visit: Words, entry: Entry): object {
  const { what, subject, company, action, before, after } = entry
  const fields = differences(asRecord(before), asRecord(after)).filter(({ field }) => !isMark(after, field))
  return {
    what,
    subject,
    action,
    // Of a company it is said once.
    company: what === 'company' ? undefined : company,
    name: what === 'line' ? nameOf(after ?? before) : undefined,
    to: action === 'removed' ? undefined : pathOf(entry),
    isChange: action === 'changed',
    fields: fields.slice(0, mostFields).map(({ field, was, is }) => ({
      field: nameOfField(visit, field),
      secret: was === undefined && is === undefined,
      was: was === undefined ? undefined : inWords(visit, field, was),
      is: is === undefined ? undefined : inWords(visit, field, is),
    })),
  }
}

/** A choice by what it says, a moment as people write it, everything else as it is. */
function inWords(visit: Words, field: string, value: string): string {
  if (/^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(value)) return shownDate(visit.locale, value)
  const key = [`${field}.${value}`, `audit-value.${field}.${value}`].find(hasText)
  return key === undefined ? valueName(visit, field, value) : visit.text(key)
}

function asRecord(value: unknown): object | undefined {
  return typeof value === 'object' && value !== null ? value : undefined
}

/** A password that stayed is said to have, which is no change. */
function isMark(after: unknown, field: string): boolean {
  const value = field
    .split('.')
    .reduce<unknown>((at, name) => (at as Readonly<Record<string, unknown>> | undefined)?.[name], after)
  return /(^|\.)password$/.test(field) && value === 'unchanged'
}

function nameOf(line: unknown): string | undefined {
  const record = asRecord(line)
  return record && 'number' in record ? displayName(record as Line) : undefined
}

function nameOfField(visit: Words, field: string): string {
  const key = `audit-field.${field}`
  return hasText(key) ? visit.text(key) : fieldName(visit, field)
}

function pathOf({ what, subject, company }: Entry): string | undefined {
  if (what === 'line') return linePath(subject)
  if (what === 'site') return sitePath(company, subject)
  if (what === 'company') return companyPath(subject)
  return what === 'device' ? `/devices/${subject}` : undefined
}
