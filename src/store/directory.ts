import { type SqlBool, sql } from 'kysely'
import type { LineKind } from '../domain/intent.ts'
import { anywhere, foldedWords } from './fold.ts'
import { given } from './rows.ts'
import type { Queries } from './tables.ts'

export interface DirectoryQuery {
  readonly company: string
  readonly kinds: readonly LineKind[]
  readonly text?: string
  readonly after?: string
  readonly limit: number
}

export interface DirectoryLine {
  readonly number: string
  readonly kind: LineKind
  readonly site: string
  readonly firstName?: string
  readonly lastName?: string
  readonly name?: string
  readonly shortNumber?: string
}

/** Names and numbers of a company's lines, in the order of their numbers. */
export async function findDirectory(
  db: Queries,
  { company, kinds, text, after = '', limit }: DirectoryQuery,
): Promise<readonly DirectoryLine[]> {
  const all = db
    .selectFrom('line')
    .innerJoin('company', 'company.id', 'line.company_id')
    .innerJoin('site', 'site.id', 'line.site_id')
    .select(['number', 'kind', 'first_name', 'last_name', 'short_number'])
    .select(['site.name as site', 'line.name as own_name'])
    .where('company.name', '=', company)
    .where('kind', 'in', kinds)
    .where('number', '>', after)
    .orderBy('number')
    .limit(limit)
  const rows = await (text === undefined ? all : all.where(says(text))).execute()
  return rows.map((row) => ({
    number: row.number,
    kind: row.kind,
    site: row.site,
    ...given('firstName', row.first_name),
    ...given('lastName', row.last_name),
    ...given('name', row.own_name),
    ...given('shortNumber', row.short_number),
  }))
}

/** By names and numbers only: e-mail addresses are not shown here, so they are not to be guessed here either. */
function says(text: string) {
  const words = foldedWords(text).map(
    (word) => sql<SqlBool>`line.folded_names like ${anywhere(word)} escape '\\'`,
  )
  const named = words.length > 0 ? sql<SqlBool>`(${sql.join(words, sql` and `)})` : sql<SqlBool>`1 = 0`
  const digits = text.replace(/[\s.\-()/]/g, '').replace(/^(\+|00|0)(?=\d{2})/, '')
  if (!/^\d{2,20}$/.test(digits)) return named
  return sql<SqlBool>`(${named} or number like ${anywhere(digits)} or short_number like ${anywhere(digits)})`
}
