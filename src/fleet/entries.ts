import { parseLineNumber } from '../domain/phone-number.ts'
import { fault, type Path, type Problem } from '../domain/problem.ts'
import { normaliseLine, normaliseSite } from './normalise.ts'
import {
  type CompanyEntry,
  companySchema,
  type LineEntry,
  lineSchema,
  type SiteEntry,
  siteSchema,
} from './schema.ts'
import { checkShape } from './shape.ts'

/** What a fleet file says, shape checked and numbers and addresses in their kept form; each part with its path. */
export interface FleetEntries {
  readonly companies: readonly CompanyPart[]
  readonly problems: readonly Problem[]
  /** Lines that are left out of the rules because they could not be read; their numbers are known all the same. */
  readonly unreadable: ReadonlySet<Path>
}

export interface CompanyPart {
  readonly entry: CompanyEntry
  readonly path: Path
  readonly sites?: readonly { readonly entry: SiteEntry; readonly path: Path }[]
  readonly lines?: readonly { readonly entry: LineEntry; readonly path: Path }[]
}

type Report = (problems: readonly Problem[]) => void

/** Reads each part by itself, so that one fault hides no other. */
export function readEntries(data: unknown): FleetEntries {
  const problems: Problem[] = []
  const unreadable = new Set<Path>()
  const report: Report = (found) => problems.push(...found)
  const companies: CompanyPart[] = []
  for (const [i, item] of listAt(data, 'companies', '', report).entries()) {
    const part = readCompany(item, `companies[${i}]`, report, unreadable)
    if (part) companies.push(part)
  }
  return { companies, problems, unreadable }
}

function readCompany(
  item: unknown,
  path: Path,
  report: Report,
  unreadable: Set<Path>,
): CompanyPart | undefined {
  const { sites, lines, ...settings } = isRecord(item) ? item : {}
  const shape = checkShape(companySchema, isRecord(item) ? settings : item, path)
  const name = settings.name
  if ('problems' in shape) report(shape.problems)
  if (typeof name !== 'string') return undefined
  return {
    entry: 'value' in shape ? shape.value : { name },
    path,
    ...(sites == null ? {} : { sites: readSites(item, path, report) }),
    ...(lines == null ? {} : { lines: readLines(item, path, report, unreadable) }),
  }
}

function readSites(company: unknown, path: Path, report: Report) {
  return listAt(company, 'sites', path, report).flatMap((item, i) => {
    const at = `${path}.sites[${i}]`
    const shape = checkShape(siteSchema, item, at)
    if ('value' in shape) {
      const faults: Problem[] = []
      const entry = normaliseSite(shape.value, at, faults)
      report(faults)
      return [{ entry, path: at }]
    }
    report(shape.problems)
    const name = isRecord(item) ? item.name : undefined
    return typeof name === 'string' ? [{ entry: { name }, path: at }] : []
  })
}

function readLines(company: unknown, path: Path, report: Report, unreadable: Set<Path>) {
  return listAt(company, 'lines', path, report).flatMap((item, i) => {
    const at = `${path}.lines[${i}]`
    const shape = checkShape(lineSchema, item, at)
    const faults: Problem[] = 'problems' in shape ? [...shape.problems] : []
    const entry = 'value' in shape ? normaliseLine(shape.value, at, faults) : standIn(item)
    report(faults)
    if (faults.length > 0) unreadable.add(at)
    return entry ? [{ entry, path: at }] : []
  })
}

/** A line that cannot be read stands in by its number, so that lines that point at it are not blamed too. */
function standIn(item: unknown): LineEntry | undefined {
  if (!isRecord(item) || typeof item.number !== 'string') return undefined
  const parsed = parseLineNumber(item.number, '')
  if ('problem' in parsed) return undefined
  return { number: parsed.number, kind: 'fixed', site: typeof item.site === 'string' ? item.site : '' }
}

function listAt(data: unknown, field: string, path: Path, report: Report): readonly unknown[] {
  const at = path === '' ? field : `${path}.${field}`
  if (!isRecord(data)) {
    report([
      fault('wrong-type', at, 'the file holds no companies', 'begin it with `companies:` and a list of them'),
    ])
    return []
  }
  if (path === '') {
    const foreign = Object.keys(data).filter((key) => key !== field)
    report(
      foreign.map((key) =>
        fault(
          'unknown-field',
          key,
          `there is no field "${key.slice(0, 40)}"`,
          `the only field here is ${field}`,
        ),
      ),
    )
  }
  const list = data[field]
  if (Array.isArray(list)) return list
  report([
    fault(
      list === undefined ? 'missing-field' : 'wrong-type',
      at,
      `${field} is not a list`,
      `write ${field}: and its items below, each beginning with "- "`,
    ),
  ])
  return []
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
