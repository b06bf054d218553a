import { checkCompany, checkSite } from './company-rules.ts'
import { checkEquipment } from './equipment-rules.ts'
import type { Line } from './intent.ts'
import { checkKeys } from './key-rules.ts'
import { checkLine } from './line-rules.ts'
import type { Claims, LocatedCompany } from './located-fleet.ts'
import type { ModelLookup } from './model.ts'
import { checkBlocksApart } from './number-blocks.ts'
import { canJoinGroup, checkMembership } from './pickup-rules.ts'
import { fault, type Path, type Problem } from './problem.ts'
import { checkGroupName } from './text-rules.ts'
import { checkUniqueness } from './uniqueness-rules.ts'

/** Every rule over a whole fleet as it would be: all faults of all companies, in the order of the input. */
export function checkFleet(
  fleet: readonly LocatedCompany[],
  models: ModelLookup,
  claims: Claims,
): readonly Problem[] {
  return [
    ...checkNamesOnce(
      fleet.map(({ company, path }) => ({ name: company.name, path })),
      'company',
    ),
    ...fleet.flatMap((located) => checkOneCompany(located, models)),
    ...checkUniqueness(fleet, claims),
    ...checkBlocksApart(fleet, claims.blocks),
  ]
}

function checkOneCompany(located: LocatedCompany, models: ModelLookup): readonly Problem[] {
  const { company, path } = located
  const lines = new Map(company.lines.map((line) => [line.number, line]))
  return [
    ...checkCompany(company, models, path),
    ...checkSites(located, lines),
    ...company.lines.flatMap((line, i) => {
      const at = located.lines[i] ?? path
      return [
        ...checkLineSite(line, located, at),
        ...checkLine(line, at),
        ...(line.equipment ? checkEquipment(line, line.equipment, models, `${at}.equipment`) : []),
        ...checkKeys(line, models, (number) => lines.get(number), `${at}.keys`),
      ]
    }),
  ]
}

function checkSites(located: LocatedCompany, lines: ReadonlyMap<string, Line>): readonly Problem[] {
  const { company } = located
  const groups: { group: (typeof company.sites)[number]['pickupGroups'][number]; path: Path }[] = []
  const problems = company.sites.flatMap((site, i) => {
    const at = located.sites[i]
    const path = at?.path ?? located.path
    const named = site.pickupGroups.map((group, g) => ({
      name: group.name,
      group,
      path: at?.groups[g] ?? path,
    }))
    groups.push(...named)
    return [
      ...checkSite(site, path),
      ...checkNamesOnce(named, 'pickup group'),
      ...named.flatMap(({ group, path }) => [
        ...checkGroupName(group.name, `${path}.name`),
        ...group.members.flatMap((number, m) =>
          canJoinGroup(number, lines.get(number), site.name, `${path}.members[${m}]`),
        ),
      ]),
    ]
  })
  const names = company.sites.map((site, i) => ({
    name: site.name,
    path: located.sites[i]?.path ?? located.path,
  }))
  return [...checkNamesOnce(names, 'site'), ...problems, ...checkMembership(groups)]
}

/** A line belongs to a site of its company; a site with lines cannot be removed. */
function checkLineSite(line: Line, located: LocatedCompany, path: Path): readonly Problem[] {
  const { sites } = located.company
  if (sites.some((site) => site.name === line.site)) return []
  if (located.removedSites.includes(line.site)) {
    return [
      fault(
        'site-in-use',
        `${path}.site`,
        `site ${line.site} would be removed and still has this line`,
        'move the line to another site, or keep the site',
      ),
    ]
  }
  const right =
    sites.length === 0
      ? 'add the site under sites'
      : `use one of ${sites
          .slice(0, 5)
          .map((site) => site.name)
          .join(', ')}, or add the site`
  return [fault('site-unknown', `${path}.site`, `there is no site "${line.site}" in this company`, right)]
}

function checkNamesOnce(named: readonly { name: string; path: Path }[], what: string): readonly Problem[] {
  const seen = new Set<string>()
  return named.flatMap(({ name, path }) => {
    const key = name.toLocaleLowerCase('en')
    if (!seen.has(key)) {
      seen.add(key)
      return []
    }
    return [
      fault('name-taken', `${path}.name`, `there are two of ${what} "${name}"`, 'give each its own name'),
    ]
  })
}
