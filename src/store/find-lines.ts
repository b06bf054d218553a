import { type SqlBool, sql } from 'kysely'
import { equippedKinds } from '../domain/equipment-rules.ts'
import type { Extent } from '../domain/extent.ts'
import type { Line, LineKind } from '../domain/intent.ts'
import { lineSays } from './line-says.ts'
import { readLineTables, wholeLine } from './read-lines.ts'
import type { Queries } from './tables.ts'

export interface LineQuery {
  /** Where somebody may look; absent: everywhere. */
  readonly within?: Extent
  readonly company?: string
  readonly site?: string
  readonly kind?: LineKind
  /**
   * `to-complete`: the model is known, the address of the device is not; `linked`: that is known too; `missing`: there
   * is none, on a line that could have some.
   */
  readonly equipment?: 'with' | 'without' | 'to-complete' | 'linked' | 'missing'
  /** Its device was here, and has not taken its newest files. */
  readonly behind?: boolean
  /** Part of a name, a number or an address, in any writing; words in any order. */
  readonly text?: string
  /** Whether all that are found are counted, which takes a look at every line. */
  readonly counted?: boolean
  /** The number of the last line of the page before. */
  readonly after?: string
  readonly limit: number
}

export interface CompanyLine {
  readonly company: string
  /** Without its password. */
  readonly line: Line
}

export interface LinePage {
  readonly items: readonly CompanyLine[]
  /** How many there are on all pages, where they were to be counted. */
  readonly total?: number
  readonly next?: string
}

/** A page of lines in the order of their numbers. */
export async function findLines(db: Queries, query: LineQuery): Promise<LinePage> {
  const { after, limit, counted = false } = query
  const found = matching(db, query)
  const page = after === undefined ? found : found.where('line.number', '>', after)
  const rows = await page
    .select(['line.id', 'line.number'])
    .orderBy('line.number')
    .limit(limit + 1)
    .execute()
  const shown = rows.slice(0, limit)
  const items = await linesByIds(
    db,
    shown.map(({ id }) => id),
  )
  const last = shown.at(-1)
  return {
    items,
    ...(counted ? { total: await count(found) } : {}),
    ...(rows.length > limit && last ? { next: last.number } : {}),
  }
}

async function count(found: ReturnType<typeof matching>): Promise<number> {
  const { total } = await found.select((e) => e.fn.countAll<number>().as('total')).executeTakeFirstOrThrow()
  return Number(total)
}

/** One line with the company it is in. */
export async function findLine(db: Queries, number: string): Promise<CompanyLine | undefined> {
  const row = await db.selectFrom('line').select('id').where('number', '=', number).executeTakeFirst()
  return row && (await linesByIds(db, [row.id]))[0]
}

/** What else a line is or has is looked up by its own tables, so that a search goes through the lines alone. */
function matching(db: Queries, query: LineQuery) {
  const { within, company, site, kind, equipment, behind, text } = query
  let found = db.selectFrom('line')
  if (within?.companies) found = found.where('company_id', 'in', companiesNamed(db, within.companies))
  if (within?.line !== undefined) found = found.where('line.number', '=', within.line)
  if (within?.sites) found = found.where('site_id', 'in', sitesAt(db, within.sites))
  if (company !== undefined) found = found.where('company_id', 'in', companiesNamed(db, [company]))
  if (site !== undefined) {
    found = found.where('site_id', 'in', db.selectFrom('site').select('id').where('name', '=', site))
  }
  if (kind !== undefined) found = found.where('line.kind', '=', kind)
  const equipped = db.selectFrom('equipment').select('line_id')
  if (equipment === 'with') found = found.where('line.id', 'in', equipped)
  if (equipment === 'without') found = found.where('line.id', 'not in', equipped)
  if (equipment === 'missing') {
    found = found.where('line.id', 'not in', equipped).where('line.kind', 'in', [...equippedKinds])
  }
  if (equipment === 'linked') {
    found = found.where('line.id', 'in', equipped.where('equipment.mac', 'is not', null))
  }
  if (equipment === 'to-complete') {
    found = found.where('line.id', 'in', equipped.where('equipment.mac', 'is', null))
  }
  if (behind !== undefined) {
    const late = equipped.innerJoin('device', 'device.mac', 'equipment.mac').where(isBehind)
    found = found.where('line.id', behind ? 'in' : 'not in', late)
  }
  return text === undefined ? found : found.where(lineSays(text))
}

function companiesNamed(db: Queries, names: readonly string[]) {
  return db
    .selectFrom('company')
    .select('id')
    .where('name', 'in', [...names, ''])
}

function sitesAt(db: Queries, places: NonNullable<Extent['sites']>) {
  const each = places.map((at) => sql<SqlBool>`(company.name = ${at.company} and site.name = ${at.site})`)
  return db
    .selectFrom('site')
    .innerJoin('company', 'company.id', 'site.company_id')
    .select('site.id')
    .where(each.length > 0 ? sql<SqlBool>`(${sql.join(each, sql` or `)})` : sql<SqlBool>`1 = 0`)
}

const isBehind = sql<SqlBool>`(device.state = 'linked' and device.last_seen_at is not null and
  (device.revision is null or device.delivered_revision is null or device.revision <> device.delivered_revision))`

async function linesByIds(db: Queries, ids: readonly number[]): Promise<readonly CompanyLine[]> {
  if (ids.length === 0) return []
  const rows = await db.selectFrom('line').selectAll().where('id', 'in', ids).orderBy('number').execute()
  const tables = await readLineTables(db, ids)
  const targets = [...tables.keys.values()].flat().flatMap((key) => key.target_line_id ?? [])
  const numbers = await db
    .selectFrom('line')
    .select(['id', 'number'])
    .where('id', 'in', [...new Set([...targets, -1])])
    .execute()
  const companies = await db
    .selectFrom('company')
    .select(['id', 'name'])
    .where('id', 'in', [...new Set(rows.map((row) => row.company_id))])
    .execute()
  const sites = await db
    .selectFrom('site')
    .select(['id', 'name'])
    .where('id', 'in', [...new Set(rows.map((row) => row.site_id))])
    .execute()
  const names = {
    sites: new Map(sites.map((site) => [site.id, site.name])),
    numbers: new Map(numbers.map((line) => [line.id, line.number])),
  }
  const nameOf = new Map(companies.map((company) => [company.id, company.name]))
  return rows.map((row) => ({
    company: nameOf.get(row.company_id) ?? '',
    line: wholeLine(row, tables, names, undefined),
  }))
}
