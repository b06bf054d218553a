import { type RawBuilder, type SqlBool, sql } from 'kysely'
import type { Extent } from '../domain/extent.ts'

/** A condition on a table whose rows name a company, a site and a device: that they lie within. */
export function liesWithin(
  table: 'device' | 'reboot',
  { companies, sites, line }: Extent,
): RawBuilder<SqlBool> {
  const [company, site, mac] = ['company', 'site', 'mac'].map((column) => sql.ref(`${table}.${column}`))
  const conditions: RawBuilder<unknown>[] = []
  if (companies) conditions.push(oneOf(companies.map((name) => sql`${company} = ${name}`)))
  if (sites)
    conditions.push(oneOf(sites.map((one) => sql`(${company} = ${one.company} and ${site} = ${one.site})`)))
  if (line !== undefined)
    conditions.push(sql`${mac} in (
      select equipment.mac from equipment inner join line on line.id = equipment.line_id where line.number = ${line})`)
  return conditions.length === 0 ? sql<SqlBool>`1 = 1` : sql<SqlBool>`${sql.join(conditions, sql` and `)}`
}

/** One of none is nobody. */
function oneOf(conditions: readonly RawBuilder<unknown>[]): RawBuilder<unknown> {
  return conditions.length === 0 ? sql`1 = 0` : sql`(${sql.join(conditions, sql` or `)})`
}
