import type { Queries } from './tables.ts'

/** What somebody means by a company's name, a site's, a line's number or a device's address. */
export interface PlaceQuery {
  readonly company?: string
  readonly site?: string
  readonly line?: string
  readonly mac?: string
}

/** Where that is in the fleet. */
export interface FoundPlace {
  readonly company: string
  readonly site?: string
  readonly line?: string
  readonly mac?: string
  /** Of a device, the numbers of all lines it has. */
  readonly lines?: readonly string[]
}

/** By the narrowest that is given; `undefined`: there is none, or it is elsewhere than the wider ones say. */
export async function findPlace(db: Queries, query: PlaceQuery): Promise<FoundPlace | undefined> {
  const found = await narrowest(db, query)
  if (!found) return undefined
  const elsewhere =
    (query.company !== undefined && query.company !== found.company) ||
    (query.site !== undefined && query.site !== found.site)
  return elsewhere ? undefined : found
}

async function narrowest(db: Queries, query: PlaceQuery): Promise<FoundPlace | undefined> {
  if (query.mac !== undefined) return deviceAt(db, query.mac)
  if (query.line !== undefined) return lineAt(db, query.line)
  if (query.site !== undefined && query.company !== undefined) {
    return siteAt(db, query.company, query.site)
  }
  if (query.company === undefined) return undefined
  const row = await db
    .selectFrom('company')
    .select('name')
    .where('name', '=', query.company)
    .executeTakeFirst()
  return row && { company: row.name }
}

async function deviceAt(db: Queries, mac: string): Promise<FoundPlace | undefined> {
  const row = await db
    .selectFrom('device')
    .select(['company', 'site'])
    .where('mac', '=', mac)
    .executeTakeFirst()
  if (!row) return undefined
  const lines = await db
    .selectFrom('equipment')
    .innerJoin('line', 'line.id', 'equipment.line_id')
    .select('line.number')
    .where('equipment.mac', '=', mac)
    .orderBy('equipment.port')
    .execute()
  return {
    mac,
    company: row.company,
    ...(row.site === null ? {} : { site: row.site }),
    lines: lines.map(({ number }) => number),
  }
}

async function lineAt(db: Queries, number: string): Promise<FoundPlace | undefined> {
  const row = await db
    .selectFrom('line')
    .innerJoin('company', 'company.id', 'line.company_id')
    .innerJoin('site', 'site.id', 'line.site_id')
    .leftJoin('equipment', 'equipment.line_id', 'line.id')
    .select(['company.name as company', 'site.name as site', 'equipment.mac as mac'])
    .where('line.number', '=', number)
    .executeTakeFirst()
  if (!row) return undefined
  return { line: number, company: row.company, site: row.site, ...(row.mac === null ? {} : { mac: row.mac }) }
}

async function siteAt(db: Queries, company: string, name: string): Promise<FoundPlace | undefined> {
  const row = await db
    .selectFrom('site')
    .innerJoin('company', 'company.id', 'site.company_id')
    .select(['company.name as company', 'site.name as site'])
    .where('company.name', '=', company)
    .where('site.name', '=', name)
    .executeTakeFirst()
  return row && { company: row.company, site: row.site }
}
