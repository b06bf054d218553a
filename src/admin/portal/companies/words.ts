import type { Visit } from '../page.ts'
import { hasText } from '../text.ts'

type Words = Pick<Visit, 'text'>

/** What a field of a company is called; one that only its maker knows, as the maker does. */
export function fieldName({ text }: Words, field: string): string {
  const key = `company-field.${field}`
  if (hasText(key)) return text(key)
  const [, scope, name] = /^parameters\.([^.]+)\.(.+)$/.exec(field) ?? []
  return scope === undefined ? field : `${scope} · ${name}`
}

/** A value that stands for a choice is told by what the choice says. */
export function valueName({ text }: Words, field: string, value: string): string {
  const key = `company-value.${field}.${value}`
  return hasText(key) ? text(key) : value.replaceAll(/from (\S+), to (\S+)/g, '$1 – $2')
}

/** A value as an operation gives it, on one line; nothing where there is none. */
export function shownValue(words: Words, field: string, value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined
  if (Array.isArray(value)) return value.map((each) => shownValue(words, field, each)).join(', ') || undefined
  if (typeof value !== 'object') return valueName(words, field, String(value))
  const { from, to } = value as { readonly from?: unknown; readonly to?: unknown }
  return `${from} – ${to}`
}
