import { sql } from 'kysely'
import { saysAll } from './fold.ts'
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
  /** Words of the name. */
  readonly text?: string
  /** The name of the last one of the page before. */
  readonly after?: string
  readonly limit: number
}

/** A page of companies in the order of their names. */
export async function findCompanies(
  db: Queries,
  { text, limit, ...query }: CompanyQuery,
): Promise<readonly CompanySummary[]> {
  if (text === undefined) return summaries(db, { ...query, limit })
  const { names: seen, after = '' } = query
  let known = db.selectFrom('company').select('name').where('name', '>', after).orderBy('name')
  if (seen) known = known.where('name', 'in', [...seen, ''])
  // Names of companies are not kept folded: there are few of them beside the lines.
  const fitting = (await known.execute()).map(({ name }) => name).filter((name) => saysAll(name, text))
  return summaries(db, { names: fitting.slice(0, limit), limit })
}

async function summaries(
  db: Queries,
  { names, after = '', limit }: Omit<CompanyQuery, 'text'>,
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
