import type { Extent } from '../domain/extent.ts'
import type { Standing } from '../domain/standing.ts'
import { liesWithin } from './extent.ts'
import { equipmentCounts, siteWithin, standingOf } from './facts.ts'
import type { Queries } from './tables.ts'

export interface SiteFactsQuery {
  readonly within: Extent
  readonly company: string
  readonly now: number
}

/** What somebody sees of a site, counted. */
export interface SiteFacts {
  readonly site: string
  readonly lines: number
  readonly equipped: number
  /** The model is known, the MAC is missing. */
  readonly toComplete: number
  readonly devices: Readonly<Partial<Record<Standing, number>>>
}

/** The sites of a company in the order of their names, those without lines among them. */
export async function readSiteFacts(db: Queries, query: SiteFactsQuery): Promise<readonly SiteFacts[]> {
  const sites = await countLines(db, query)
  const devices = await countDevices(db, query)
  return sites.map(({ site, total, equipped, incomplete }) => ({
    site,
    lines: Number(total),
    equipped: Number(equipped),
    toComplete: Number(incomplete),
    devices: Object.fromEntries(
      devices.filter((row) => row.site === site).map(({ standing, count }) => [standing, Number(count)]),
    ),
  }))
}

function countLines(db: Queries, { within, company }: SiteFactsQuery) {
  const found = db
    .selectFrom('site')
    .innerJoin('company', 'company.id', 'site.company_id')
    .leftJoin('line', 'line.site_id', 'site.id')
    .leftJoin('equipment', 'equipment.line_id', 'line.id')
    .select('site.name as site')
    .select((e) => [e.fn.count<number>('line.id').as('total'), ...equipmentCounts()])
    .where('company.name', '=', company)
    .where(siteWithin(within))
    .groupBy('site.name')
    .orderBy('site.name')
  const { companies } = within
  return companies ? found.where('company.name', 'in', [...companies, '']).execute() : found.execute()
}

function countDevices(db: Queries, { within, company, now }: SiteFactsQuery) {
  return db
    .selectFrom('device')
    .select((e) => [
      'device.site as site',
      standingOf(now).as('standing'),
      e.fn.countAll<number>().as('count'),
    ])
    .where('device.company', '=', company)
    .where(liesWithin('device', within))
    .groupBy(['device.site', 'standing'])
    .execute()
}
