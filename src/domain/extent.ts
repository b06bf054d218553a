import { type Action, type Home, permissions } from './permissions.ts'

/** A part of the fleet: what lies in all that is given. Nothing given means all of it. */
export interface Extent {
  readonly companies?: readonly string[]
  readonly sites?: readonly { readonly company: string; readonly site: string }[]
  /** A line's number. */
  readonly line?: string
}

/** As far as an action of somebody's reaches: lists and searches never look beyond it. */
export function extentOf(home: Home, action: Action): Extent {
  const companies = home.companies === 'all' ? {} : { companies: home.companies }
  switch (permissions[action][home.role]) {
    case 'all':
    case 'company':
      return companies
    case 'site':
      return { ...companies, sites: home.sites ?? [] }
    case 'line':
      // No line bears an empty number, so who has none reaches none.
      return { ...companies, line: home.line ?? '' }
    case 'never':
      return { companies: [] }
  }
}

/** Whether something there lies within. */
export function isWithin(
  { companies, sites, line }: Extent,
  where: { readonly company: string; readonly site?: string; readonly lines: readonly string[] },
): boolean {
  if (companies && !companies.includes(where.company)) return false
  if (sites && !sites.some(({ company, site }) => company === where.company && site === where.site))
    return false
  return line === undefined || where.lines.includes(line)
}
