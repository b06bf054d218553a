import type { Company, Line, PickupGroup, Site } from '../domain/intent.ts'
import { gather, groupBy } from './batches.ts'
import { type LinesAround, readAround } from './read-around.ts'
import { known, readLineTables, wholeLine } from './read-lines.ts'
import { settingsOfRow, siteOfRow } from './rows.ts'
import type { Sealer } from './seal.ts'
import type { CompanyRow, LineRow, Queries, SiteRow } from './tables.ts'

export interface FleetQuery {
  /** Their names; absent means all. */
  readonly companies?: readonly string[]
  /** Whether lines and companies come with their passwords. */
  readonly secrets: boolean
  /** Of all lines of these companies, those alone that a change of a few can concern. */
  readonly around?: LinesAround
}

/** Companies, sites, groups and lines in the order they came to be; members and keys in theirs. */
export async function readFleet(db: Queries, sealer: Sealer, query: FleetQuery): Promise<Company[]> {
  const companies = await companyRows(db, query.companies)
  if (query.around) return readAround(db, query.secrets ? sealer : undefined, companies, query.around)
  const companyIds = companies.map((company) => company.id)
  const siteRows = await gather(companyIds, (ids) =>
    db.selectFrom('site').selectAll().where('company_id', 'in', ids).execute(),
  )
  const lineRows = await gather(companyIds, (ids) =>
    db.selectFrom('line').selectAll().where('company_id', 'in', ids).execute(),
  )
  // Batches go by company or site, and these need not be in the order of what is in them.
  siteRows.sort(byId)
  lineRows.sort(byId)
  const sites = groupBy(await readSites(db, siteRows, lineRows), ({ row }) => row.company_id)
  const lines = groupBy(
    await readLines(db, siteRows, lineRows, query.secrets ? sealer : undefined),
    (line) => {
      return line.row.company_id
    },
  )
  return companies.map((row) => ({
    ...settingsOfRow(row, query.secrets ? sealer : undefined),
    sites: (sites.get(row.id) ?? []).map(({ site }) => site),
    lines: (lines.get(row.id) ?? []).map(({ line }) => line),
  }))
}

async function companyRows(db: Queries, names?: readonly string[]): Promise<CompanyRow[]> {
  const all = db.selectFrom('company').selectAll()
  if (names === undefined) return all.orderBy('id').execute()
  const rows = await gather([...new Set(names)], (batch) => all.where('name', 'in', batch).execute())
  return rows.sort(byId)
}

async function readSites(
  db: Queries,
  siteRows: readonly SiteRow[],
  lineRows: readonly LineRow[],
): Promise<{ row: SiteRow; site: Site }[]> {
  const groups = await gather(
    siteRows.map((site) => site.id),
    (ids) => db.selectFrom('pickup_group').selectAll().where('site_id', 'in', ids).execute(),
  )
  const members = await gather(
    groups.sort(byId).map((group) => group.id),
    (ids) =>
      db.selectFrom('pickup_member').selectAll().where('group_id', 'in', ids).orderBy('position').execute(),
  )
  const numbers = new Map(lineRows.map((line) => [line.id, line.number]))
  const membersOf = groupBy(members, (member) => member.group_id)
  const groupsOf = groupBy(groups, (group) => group.site_id)
  return siteRows.map((row) => {
    const pickupGroups = (groupsOf.get(row.id) ?? []).map((group): PickupGroup => {
      const lines = membersOf.get(group.id) ?? []
      return { name: group.name, members: lines.map((member) => known(numbers, member.line_id)) }
    })
    return { row, site: siteOfRow(row, pickupGroups) }
  })
}

async function readLines(
  db: Queries,
  siteRows: readonly SiteRow[],
  lineRows: readonly LineRow[],
  sealer: Sealer | undefined,
): Promise<{ row: LineRow; line: Line }[]> {
  const tables = await readLineTables(
    db,
    lineRows.map((line) => line.id),
  )
  const names = {
    sites: new Map(siteRows.map((site) => [site.id, site.name])),
    numbers: new Map(lineRows.map((line) => [line.id, line.number])),
  }
  return lineRows.map((row) => ({ row, line: wholeLine(row, tables, names, sealer) }))
}

function byId(a: { id: number }, b: { id: number }): number {
  return a.id - b.id
}
