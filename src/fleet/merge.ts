import type { Company, Line, PickupGroup } from '../domain/intent.ts'
import type { LocatedCompany } from '../domain/located-fleet.ts'
import type { ModelLookup } from '../domain/model.ts'
import { fault, type Path, type Problem } from '../domain/problem.ts'
import type { CompanyPart, FleetEntries } from './entries.ts'
import type { Kept } from './kept.ts'
import { mergeByKey } from './merge-by-key.ts'
import { mergeLine } from './merge-line.ts'
import { mergeSettings } from './merge-settings.ts'
import { mergeSite } from './merge-site.ts'
import type { LineEntry, SiteEntry } from './schema.ts'

export interface Merged {
  readonly fleet: readonly LocatedCompany[]
  /** Faults and cautions that only show when file and server are laid together. */
  readonly problems: readonly Problem[]
}

/**
 * The fleet as it would be: the server's, with the file laid over it. What the file leaves out stays as it is, unless
 * `prune` makes the file the whole truth.
 */
export function mergeFleet(
  stored: readonly Company[],
  entries: FleetEntries,
  models: ModelLookup,
  prune: boolean,
): Merged {
  const kept: Kept = prune ? 'dropped' : 'kept'
  const problems: Problem[] = []
  const parts = new Map<string, CompanyPart>()
  const repeated: CompanyPart[] = []
  for (const part of entries.companies) {
    if (parts.has(part.entry.name)) repeated.push(part)
    else parts.set(part.entry.name, part)
  }
  for (const part of repeated) {
    problems.push(
      fault(
        'name-taken',
        `${part.path}.name`,
        `there are two of company "${part.entry.name}"`,
        'put all of it into one',
      ),
    )
  }
  const known = new Set(stored.map((company) => company.name))
  const leaving = prune ? linesByNumber(stored) : new Map<string, Line>()
  const fleet = [
    ...stored.flatMap((company) => {
      const part = parts.get(company.name)
      if (part) return [mergeCompany(company, part, models, kept, { problems, leaving })]
      return prune ? [] : [locateStored(company)]
    }),
    ...[...parts.values()]
      .filter((part) => !known.has(part.entry.name))
      .map((part) => mergeCompany(undefined, part, models, kept, { problems, leaving })),
  ]
  return { fleet, problems }
}

interface Around {
  readonly problems: Problem[]
  /** Lines that may come from another company, because the file is the whole truth. */
  readonly leaving: ReadonlyMap<string, Line>
}

function linesByNumber(companies: readonly Company[]): ReadonlyMap<string, Line> {
  return new Map(companies.flatMap((company) => company.lines.map((line) => [line.number, line])))
}

/** A line that moves keeps its password as long as it keeps its device, which knows it. */
function movedLine(leaving: ReadonlyMap<string, Line>, entry: LineEntry): Line | undefined {
  const line = leaving.get(entry.number)
  return line?.equipment?.mac === (entry.equipment?.mac ?? undefined) ? line : undefined
}

function mergeCompany(
  stored: Company | undefined,
  part: CompanyPart,
  models: ModelLookup,
  kept: Kept,
  { problems, leaving }: Around,
): LocatedCompany {
  const settings = mergeSettings(stored, part.entry, kept)
  if (settings.sip.domain === '') {
    problems.push(
      fault(
        'missing-field',
        `${part.path}.sip.domain`,
        'a new company needs a SIP domain',
        'add sip: { domain: sip.example.net }',
      ),
    )
  }
  const sites = mergeByKey(
    stored?.sites ?? [],
    part.sites,
    kept,
    (site) => site.name,
    (old, entry) => mergeSite(old, entry, kept),
  )
  const lines = mergeByKey(
    stored?.lines ?? [],
    part.lines,
    kept,
    (line) => line.number,
    (old, entry, at) => {
      const merged = mergeLine(old ?? movedLine(leaving, entry), entry, models, kept, at)
      problems.push(...merged.problems)
      return merged.line
    },
  )
  const at = (path: Path | undefined, what: string) => path ?? `${place(settings.name)}, ${what}`
  return {
    company: { ...settings, sites: sites.map(({ value }) => value), lines: lines.map(({ value }) => value) },
    path: part.path,
    sites: sites.map(({ value, path, entry }) => ({
      path: at(path, `site ${value.name}`),
      groups: value.pickupGroups.map(
        (group) => groupPath(group, entry, path) ?? at(undefined, `pickup group ${group.name}`),
      ),
    })),
    lines: lines.map(({ value, path }) => at(path, `line ${value.number}`)),
    removedSites: (stored?.sites ?? [])
      .map((site) => site.name)
      .filter((name) => !sites.some(({ value }) => value.name === name)),
  }
}

function groupPath(
  group: PickupGroup,
  entry: SiteEntry | undefined,
  path: Path | undefined,
): Path | undefined {
  const index = entry?.pickupGroups?.findIndex((item) => item.name === group.name) ?? -1
  return path === undefined || index < 0 ? undefined : `${path}.pickupGroups[${index}]`
}

/** A company that the file does not name stands at its own name. */
export function locateStored(company: Company): LocatedCompany {
  const at = place(company.name)
  return {
    company,
    path: at,
    sites: company.sites.map((site) => ({
      path: `${at}, site ${site.name}`,
      groups: site.pickupGroups.map((group) => `${at}, pickup group ${group.name}`),
    })),
    lines: company.lines.map((line) => `${at}, line ${line.number}`),
    removedSites: [],
  }
}

function place(company: string): Path {
  return `company ${company}`
}
