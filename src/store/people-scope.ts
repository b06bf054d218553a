import { fault, type Problem } from '../domain/problem.ts'
import type { Scope, SiteGrant } from '../domain/scope.ts'
import { gather, groupBy } from './batches.ts'
import { takeIds } from './counters.ts'
import { insertRows } from './insert.ts'
import { refuseScope } from './people-failure.ts'
import type { Queries } from './tables.ts'
import type { ScopePlaceRow } from './tables-people.ts'

/** Whose scope it is: a person's or a token's. */
export type Holder = 'person_id' | 'token_id'

export type Places = Pick<Scope, 'companies' | 'sites'>

/** The companies and sites of many at once. */
export async function placesOfHolders(
  db: Queries,
  holder: Holder,
  ids: readonly number[],
): Promise<ReadonlyMap<number, Places>> {
  const rows = await gather(ids, (batch) =>
    db
      .selectFrom('scope_place')
      .leftJoin('site', 'site.id', 'scope_place.site_id')
      .innerJoin('company', (join) =>
        join.on((e) =>
          e.or([
            e('company.id', '=', e.ref('scope_place.company_id')),
            e('company.id', '=', e.ref('site.company_id')),
          ]),
        ),
      )
      .select([`scope_place.${holder} as holder`, 'scope_place.until', 'company.name as company'])
      .select('site.name as site')
      .where(`scope_place.${holder}`, 'in', batch)
      .orderBy('company.name')
      .orderBy('site.name')
      .execute(),
  )
  const groups = groupBy(rows, (row) => row.holder ?? 0)
  return new Map([...groups].map(([id, places]) => [id, placesOfRows(places)]))
}

interface FoundPlace {
  readonly company: string
  readonly site: string | null
  readonly until: number | null
}

function placesOfRows(rows: readonly FoundPlace[]): Places {
  return {
    companies: rows.flatMap(({ company, site }) => (site === null ? [company] : [])),
    sites: rows.flatMap(({ company, site, until }): SiteGrant[] =>
      site === null ? [] : [{ company, site, until: until ?? 0 }],
    ),
  }
}

/** Puts a scope in place of the one there was; names that nothing bears are refused. */
export async function saveScope(db: Queries, holder: Holder, id: number, scope: Scope): Promise<void> {
  const problems: Problem[] = []
  const rows: Pick<ScopePlaceRow, 'company_id' | 'site_id' | 'until'>[] = []
  for (const [i, name] of (scope.role === 'manager' ? scope.companies : []).entries()) {
    const row = await db.selectFrom('company').select('id').where('name', '=', name).executeTakeFirst()
    if (row) rows.push({ company_id: row.id, site_id: null, until: null })
    else problems.push(absent('company-unknown', `companies[${i}]`, 'company'))
  }
  for (const [i, { company, site, until }] of scope.sites.entries()) {
    const found = await siteId(db, company, site)
    if (found !== undefined) rows.push({ company_id: null, site_id: found, until })
    else problems.push(absent('site-unknown', `sites[${i}]`, 'site'))
  }
  const line = scope.line === undefined ? null : await lineId(db, scope.line)
  if (line === undefined) problems.push(absent('line-unknown', 'line', 'line'))
  refuseScope(problems)
  await db.deleteFrom('scope_place').where(holder, '=', id).execute()
  const first = await takeIds(db, 'scope_place', rows.length)
  const held = { person_id: null, token_id: null, [holder]: id }
  await insertRows(
    db,
    'scope_place',
    rows.map((row, i) => ({ id: first + i, ...held, ...row })),
  )
  await db
    .updateTable(holder === 'person_id' ? 'person' : 'token')
    .set({ line_id: line ?? null })
    .where('id', '=', id)
    .execute()
}

function absent(code: string, path: string, what: string): Problem {
  return fault(code, path, `there is no such ${what}`, `name a ${what} that is there`)
}

async function siteId(db: Queries, company: string, site: string): Promise<number | undefined> {
  const row = await db
    .selectFrom('site')
    .innerJoin('company', 'company.id', 'site.company_id')
    .select('site.id')
    .where('company.name', '=', company)
    .where('site.name', '=', site)
    .executeTakeFirst()
  return row?.id
}

async function lineId(db: Queries, number: string): Promise<number | undefined> {
  const row = await db.selectFrom('line').select('id').where('number', '=', number).executeTakeFirst()
  return row?.id
}

/** A scope as its holder's row, its line and its places say together. */
export function scopeOf(
  { role, line, line_company }: { role: Scope['role']; line: string | null; line_company: string | null },
  places: Places | undefined,
): Scope {
  return {
    role,
    companies: role === 'user' ? (line_company === null ? [] : [line_company]) : (places?.companies ?? []),
    sites: places?.sites ?? [],
    ...(line === null ? {} : { line }),
  }
}
