import { type RawBuilder, sql } from 'kysely'
import type { Extent } from '../domain/extent.ts'
import type { LineKind } from '../domain/intent.ts'
import { refusalCounts, type Standing, signInTakes } from '../domain/standing.ts'
import { liesWithin } from './extent.ts'
import { saysAll } from './fold.ts'
import type { Queries } from './tables.ts'

export interface FactsQuery {
  readonly within: Extent
  readonly company?: string
  /** Words of its name, in any writing. */
  readonly text?: string
  /** The name of the last company of the page before. */
  readonly after?: string
  readonly limit: number
  readonly now: number
}

/** What somebody sees of a company, counted. */
export interface CompanyFacts {
  readonly company: string
  readonly sites: number
  readonly lines: readonly KindFacts[]
  readonly devices: Readonly<Partial<Record<Standing, number>>>
}

export interface KindFacts {
  readonly kind: LineKind
  readonly total: number
  readonly equipped: number
  /** The model is known, the MAC is missing. */
  readonly toComplete: number
}

/** In the order of their names, by three counts whatever the number of lines. */
export async function readFacts(db: Queries, query: FactsQuery): Promise<readonly CompanyFacts[]> {
  const names = await companyPage(db, query)
  if (names.length === 0) return []
  const sites = await countSites(db, query.within, names)
  const lines = await countLines(db, query.within, names)
  const devices = await countDevices(db, query, names)
  return names.map((company) => ({
    company,
    sites: Number(sites.find((row) => row.company === company)?.count ?? 0),
    lines: lines
      .filter((row) => row.company === company)
      .map(({ kind, total, equipped, incomplete }) => ({
        kind,
        total: Number(total),
        equipped: Number(equipped),
        toComplete: Number(incomplete),
      })),
    devices: Object.fromEntries(
      devices
        .filter((row) => row.company === company)
        .map(({ standing, count }) => [standing, Number(count)]),
    ),
  }))
}

async function companyPage(
  db: Queries,
  { within, company, text, after, limit }: FactsQuery,
): Promise<readonly string[]> {
  const seen = within.sites ? within.sites.map((site) => site.company) : within.companies
  if (seen?.length === 0) return []
  let page = db.selectFrom('company').select('name').orderBy('name')
  if (seen) page = page.where('name', 'in', seen)
  if (company !== undefined) page = page.where('name', '=', company)
  if (after !== undefined) page = page.where('name', '>', after)
  if (text === undefined) return (await page.limit(limit).execute()).map(({ name }) => name)
  // Names of companies are not kept folded: there are few of them beside the lines.
  const names = (await page.execute()).map(({ name }) => name)
  return names.filter((name) => saysAll(name, text)).slice(0, limit)
}

function countSites(db: Queries, within: Extent, names: readonly string[]) {
  return db
    .selectFrom('site')
    .innerJoin('company', 'company.id', 'site.company_id')
    .select(['company.name as company', (e) => e.fn.countAll<number>().as('count')])
    .where('company.name', 'in', names)
    .where(siteWithin(within))
    .groupBy('company.name')
    .execute()
}

function countLines(db: Queries, within: Extent, names: readonly string[]) {
  return db
    .selectFrom('line')
    .innerJoin('company', 'company.id', 'line.company_id')
    .innerJoin('site', 'site.id', 'line.site_id')
    .leftJoin('equipment', 'equipment.line_id', 'line.id')
    .select((e) => [
      'company.name as company',
      'line.kind as kind',
      e.fn.countAll<number>().as('total'),
      ...equipmentCounts(),
    ])
    .where('company.name', 'in', names)
    .where(siteWithin(within))
    .groupBy(['company.name', 'line.kind'])
    .orderBy('line.kind')
    .execute()
}

/** Of the lines counted, those with equipment, and of these the ones without its MAC. */
export function equipmentCounts() {
  const equipped = sql<number>`count(equipment.line_id)`
  const incomplete = sql<number>`count(case when equipment.line_id is not null and equipment.mac is null then 1 end)`
  return [equipped.as('equipped'), incomplete.as('incomplete')] as const
}

function countDevices(db: Queries, { within, now }: FactsQuery, names: readonly string[]) {
  return db
    .selectFrom('device')
    .select((e) => [
      'device.company as company',
      standingOf(now).as('standing'),
      e.fn.countAll<number>().as('count'),
    ])
    .where('device.company', 'in', names)
    .where(liesWithin('device', within))
    .groupBy(['device.company', 'standing'])
    .execute()
}

export function siteWithin({ sites }: Extent): RawBuilder<boolean> {
  if (!sites) return sql<boolean>`1 = 1`
  if (sites.length === 0) return sql<boolean>`1 = 0`
  const each = sites.map(
    ({ company, site }) =>
      sql`(${sql.ref('company.name')} = ${company} and ${sql.ref('site.name')} = ${site})`,
  )
  return sql<boolean>`(${sql.join(each, sql` or `)})`
}

/**
 * The rule of the domain as the database says it, so that thousands of devices are counted and not read. Devices that
 * were turned away and companies with windows are found once for all of them: a look for each device took longer.
 */
export function standingOf(now: number): RawBuilder<Standing> {
  return sql<Standing>`case
    when device.state = 'neutral' then 'unlinked'
    when device.mac in (${turnedAway(now)}) then 'turned-away'
    when device.window_first_contact_at is null and device.window_expires_at > ${now}
      and device.company in (select name from company where device_access = 'first-contact') then 'awaited'
    when device.last_seen_at is null then 'never-seen'
    when device.revision = device.delivered_revision then 'in-sync'
    else 'behind' end`
}

function turnedAway(now: number): RawBuilder<string> {
  return sql<string>`select visits.mac from device_visits as visits inner join device as refused on refused.mac = visits.mac
    where visits.refusals > 0 and visits.refused_at > coalesce(refused.last_seen_at, 0)
      and visits.refused_at > ${now - refusalCounts}
      and (coalesce(visits.refused_why, '') <> 'credentials-needed' or visits.refused_at <= ${now - signInTakes})`
}
