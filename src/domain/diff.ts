import type { CompanyChange, FleetDiff, RecordChange } from './fleet-diff.ts'
import type { Company, CompanySettings } from './intent.ts'

/** What turns `before` into `after`: nothing unchanged is in it, and everything else is whole. */
export function diffFleets(before: readonly Company[], after: readonly Company[]): FleetDiff {
  const changes: CompanyChange[] = []
  const wanted = new Set(after.map((company) => company.name))
  for (const company of before) {
    if (!wanted.has(company.name)) changes.push(diffCompany(company, undefined))
  }
  const had = new Map(before.map((company) => [company.name, company]))
  for (const company of after) changes.push(diffCompany(had.get(company.name), company))
  return changes.filter((change) => change.settings || change.sites.length > 0 || change.lines.length > 0)
}

function diffCompany(before: Company | undefined, after: Company | undefined): CompanyChange {
  const settings = diffRecord(before && settingsOf(before), after && settingsOf(after))
  return {
    name: after?.name ?? before?.name ?? '',
    ...(settings ? { settings } : {}),
    sites: diffRecords(before?.sites ?? [], after?.sites ?? [], (site) => site.name),
    lines: diffRecords(before?.lines ?? [], after?.lines ?? [], (line) => line.number),
  }
}

/** A company without its sites and lines. */
export function settingsOf(company: Company): CompanySettings {
  const { sites, lines, ...settings } = company
  return settings
}

function diffRecords<T>(
  before: readonly T[],
  after: readonly T[],
  key: (record: T) => string,
): readonly RecordChange<T>[] {
  const had = new Map(before.map((record) => [key(record), record]))
  const wanted = new Set(after.map(key))
  const removed = before.filter((record) => !wanted.has(key(record))).map((record) => ({ before: record }))
  const rest = after.flatMap((record) => {
    const old = had.get(key(record))
    if (old === undefined) return [{ after: record }]
    return sameRecord(old, record) ? [] : [{ before: old, after: record }]
  })
  return [...removed, ...rest]
}

function diffRecord<T>(before: T | undefined, after: T | undefined): RecordChange<T> | undefined {
  if (before !== undefined && after !== undefined && sameRecord(before, after)) return undefined
  return { ...(before === undefined ? {} : { before }), ...(after === undefined ? {} : { after }) }
}

/** Equal by content; the order of an object's fields says nothing, and an absent field equals an undefined one. */
export function sameRecord(a: unknown, b: unknown): boolean {
  if (a === b) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  if (Array.isArray(a) || Array.isArray(b)) {
    return (
      Array.isArray(a) &&
      Array.isArray(b) &&
      a.length === b.length &&
      a.every((item, i) => sameRecord(item, b[i]))
    )
  }
  const left = a as Record<string, unknown>
  const right = b as Record<string, unknown>
  for (const key in left) if (!sameRecord(left[key], right[key])) return false
  for (const key in right) if (!(key in left) && right[key] !== undefined) return false
  return true
}
