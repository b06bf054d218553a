import type { Company, Line } from '../domain/intent.ts'
import { noKeys } from '../domain/intent.ts'
import { gather, groupBy } from './batches.ts'
import { groupsOfMembers, readGroupMembers } from './read-groups.ts'
import { known, type Names, readLineTables, wholeLine } from './read-lines.ts'
import { lineOfRow, settingsOfRow, siteOfRow } from './rows.ts'
import type { Sealer } from './seal.ts'
import type { CompanyRow, LineRow, Queries } from './tables.ts'

/** Lines that are to change, and what else a change of them names. */
export interface LinesAround {
  readonly numbers: readonly string[]
  /** Devices they are to be given. */
  readonly macs: readonly string[]
  /** Lines they are to supervise, or that pickup groups are to have. */
  readonly watched: readonly string[]
  /** Sites whose pickup groups are to change: a change of one is saved with all groups of its site. */
  readonly groupsOf?: readonly string[]
}

/**
 * Companies with those of their lines alone that a change of a few can concern, found through references: the lines
 * themselves, whoever supervises them, and whatever shares a device with these. Lines that are only supervised come as
 * who they are and what they register as, and pickup groups with the members that are read, but whole where they are to
 * change. However large the company is, this costs what these lines cost.
 */
export async function readAround(
  db: Queries,
  sealer: Sealer | undefined,
  companies: readonly CompanyRow[],
  around: LinesAround,
): Promise<Company[]> {
  const companyIds = companies.map((company) => company.id)
  const own = await idsOf(db, companyIds, around.numbers)
  const whole = await lineRows(db, companyIds, [...(await concerned(db, own, around.macs))])
  const ids = whole.map((row) => row.id)
  const isWhole = new Set(ids)
  const tables = await readLineTables(db, ids)
  const sites = await gather(companyIds, (batch) =>
    db.selectFrom('site').selectAll().where('company_id', 'in', batch).orderBy('id').execute(),
  )
  const open = new Set(around.groupsOf)
  const watched = await idsOf(db, companyIds, around.watched)
  const members = await readGroupMembers(db, {
    sites: sites.filter((site) => open.has(site.name)).map((site) => site.id),
    lines: [...ids, ...watched.filter((id) => !isWhole.has(id))],
  })
  const shown = [...tables.keys.values()].flat().flatMap((key) => key.target_line_id ?? [])
  const joined = members.flatMap((member) => member.line_id ?? [])
  const named = [...shown, ...joined, ...watched]
  const faces = await lineRows(
    db,
    companyIds,
    [...new Set(named)].filter((id) => !isWhole.has(id)),
  )
  const rows = [...whole, ...faces].sort((a, b) => a.id - b.id)
  const names: Names = {
    sites: new Map(sites.map((site) => [site.id, site.name])),
    numbers: new Map(rows.map((row) => [row.id, row.number])),
  }
  const groups = groupBy(groupsOfMembers(members, names), (group) => group.siteId)
  const lineOf = (row: LineRow): Line =>
    isWhole.has(row.id) ? wholeLine(row, tables, names, sealer) : faceOf(row, names)
  return companies.map((company) => ({
    ...settingsOfRow(company, sealer),
    sites: sites
      .filter((site) => site.company_id === company.id)
      .map((site) =>
        siteOfRow(
          site,
          (groups.get(site.id) ?? []).map(({ group }) => group),
        ),
      ),
    lines: rows.filter((row) => row.company_id === company.id).map(lineOf),
  }))
}

/** The lines, those that share a device with them, those that supervise them, and those that share one with these. */
async function concerned(
  db: Queries,
  own: readonly number[],
  macs: readonly string[],
): Promise<ReadonlySet<number>> {
  const watchers = await gather(own, (batch) =>
    db.selectFrom('line_key').select('line_id').distinct().where('target_line_id', 'in', batch).execute(),
  )
  const led = [...new Set([...own, ...watchers.map((row) => row.line_id)])]
  const devices = await gather(led, (batch) =>
    db.selectFrom('equipment').select('mac').where('line_id', 'in', batch).execute(),
  )
  const shared = new Set([...macs, ...devices.flatMap((row) => row.mac ?? [])])
  const neighbours = await gather([...shared], (batch) =>
    db.selectFrom('equipment').select('line_id').where('mac', 'in', batch).execute(),
  )
  return new Set([...led, ...neighbours.map((row) => row.line_id)])
}

async function idsOf(
  db: Queries,
  companyIds: readonly number[],
  numbers: readonly string[],
): Promise<readonly number[]> {
  const wanted = new Set(companyIds)
  const rows = await gather([...new Set(numbers)], (batch) =>
    db.selectFrom('line').select(['id', 'company_id']).where('number', 'in', batch).execute(),
  )
  return rows.filter((row) => wanted.has(row.company_id)).map((row) => row.id)
}

/** Lines of other companies are not the change's to see: what they hold is found as claims. */
async function lineRows(
  db: Queries,
  companyIds: readonly number[],
  ids: readonly number[],
): Promise<readonly LineRow[]> {
  const wanted = new Set(companyIds)
  const rows = await gather(ids, (batch) =>
    db.selectFrom('line').selectAll().where('id', 'in', batch).execute(),
  )
  return rows.filter((row) => wanted.has(row.company_id))
}

function faceOf(row: LineRow, { sites }: Names): Line {
  return lineOfRow(row, {
    site: known(sites, row.site_id),
    password: undefined,
    equipment: undefined,
    keys: noKeys,
  })
}
