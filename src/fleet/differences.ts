import { sameRecord } from '../domain/diff.ts'
import { formatMac } from '../domain/mac.ts'
import { isSecretName } from '../domain/secret-names.ts'

/** One field that changes, in words; of a secret only that it does. */
export interface Difference {
  /** `keys.supervision`, `sip.domain`. */
  readonly field: string
  readonly was?: string
  readonly is?: string
}

/** What differs between two states of one record, field by field. */
export function differences(before: object | undefined, after: object | undefined): readonly Difference[] {
  return compare('', { ...before }, { ...after })
}

function compare(at: string, before: object, after: object): readonly Difference[] {
  const was = before as Record<string, unknown>
  const is = after as Record<string, unknown>
  const fields = [...new Set([...Object.keys(was), ...Object.keys(is)])]
  return fields
    .filter((field) => !sameRecord(was[field], is[field]))
    .flatMap((field) => {
      const name = at === '' ? field : `${at}.${field}`
      const [old, now] = [was[field], is[field]]
      if (isGroup(old ?? {}) && isGroup(now ?? {}))
        return compare(name, { ...(old ?? {}) }, { ...(now ?? {}) })
      if (isSecretName(field)) return [{ field: name }]
      return [{ field: name, ...worded('was', field, old), ...worded('is', field, now) }]
    })
}

function isGroup(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function worded(key: 'was' | 'is', field: string, value: unknown): { was?: string; is?: string } {
  if (value === undefined || (Array.isArray(value) && value.length === 0)) return {}
  return { [key]: words(field, value) }
}

/** One value on one line. */
function words(field: string, value: unknown): string {
  if (Array.isArray(value)) return value.map((item) => words('', item)).join(', ')
  if (field === 'mac' && typeof value === 'string') return formatMac(value)
  if (!isGroup(value)) return String(value)
  const { label, number, name, members } = value as Record<string, unknown>
  if (typeof label === 'string') return `${label} (${number})`
  if (typeof name === 'string' && Array.isArray(members)) return `${name}: ${words('', members)}`
  return Object.entries(value)
    .map(([inner, item]) => `${inner} ${words(inner, item)}`)
    .join(', ')
}
