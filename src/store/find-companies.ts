import { sql } from 'kysely'
import { given } from './rows.ts'
import type { Queries } from './tables.ts'

export interface CompanySummary {
  readonly name: string
  readonly sites: number
  readonly lines: number
  /** When it is to go, if it is. */
  readonly deletion?: number
}

export interface CompanyQuery {
  /** Absent: all. */
  readonly names?: readonly string[]
  /** The name of the last one of the page before. */
  readonly after?: string
  readonly limit: number
}

/** A page of companies in the order of their names. */
export async function findCompanies(
  db: Queries,
  { names, after = '', limit }: CompanyQuery,
): Promise<readonly CompanySummary[]> {
  const all = db
    .selectFrom('company')
    .leftJoin('company_deletion', 'company_deletion.company_id', 'company.id')
    .select((e) => [
      'company_deletion.at',
      'company.name',
      e
        .selectFrom('site')
        .select(sql<number>`count(*)`.as('count'))
        .whereRef('site.company_id', '=', 'company.id')
        .as('sites'),
      e
        .selectFrom('line')
        .select(sql<number>`count(*)`.as('count'))
        .whereRef('line.company_id', '=', 'company.id')
        .as('lines'),
    ])
    .where('company.name', '>', after)
    .orderBy('company.name')
    .limit(limit)
  const rows = await (names === undefined ? all : all.where('company.name', 'in', [...names, ''])).execute()
  return rows.map(({ name, sites, lines, at }) => ({
    name,
    sites: Number(sites),
    lines: Number(lines),
    ...given('deletion', at),
  }))
}
