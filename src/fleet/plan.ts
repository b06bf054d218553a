import { diffFleets } from '../domain/diff.ts'
import type { DeviceImpact, FleetDiff } from '../domain/fleet-diff.ts'
import { checkFleet } from '../domain/fleet-rules.ts'
import { impactOf } from '../domain/impact.ts'
import { type Company, sipUser } from '../domain/intent.ts'
import type { LocatedCompany } from '../domain/located-fleet.ts'
import type { ModelLookup } from '../domain/model.ts'
import type { Problem } from '../domain/problem.ts'
import type { Candidates } from '../store/claims.ts'
import type { FleetReader } from '../store/store.ts'
import type { FleetEntries } from './entries.ts'
import { refuseFaults } from './failure.ts'
import { mergeFleet } from './merge.ts'
import { type Renewal, renewals } from './renewals.ts'

/** What would happen, worked out to the last device, with nothing done yet. */
export interface FleetPlan {
  readonly diff: FleetDiff
  readonly impacts: readonly DeviceImpact[]
  readonly warnings: readonly Problem[]
  /** Lines that lose a device: their SIP password is renewed where the server made it. */
  readonly renewals: readonly Renewal[]
}

export interface PlanOptions {
  /** The file is the whole truth: what it leaves out goes. */
  readonly prune: boolean
}

/** Lays a fleet file over the stored fleet, checks every rule, and says what would change. Throws when any is broken. */
export async function planEntries(
  reader: FleetReader,
  entries: FleetEntries,
  models: ModelLookup,
  { prune }: PlanOptions,
): Promise<FleetPlan> {
  const named = entries.companies.map((part) => part.entry.name)
  const stored = await reader.readFleet(prune ? { secrets: true } : { companies: named, secrets: true })
  const merged = mergeFleet(stored, entries, models, prune)
  const blamed = (problem: Problem) => entries.unreadable.has(linePath(problem))
  return planFleet(reader, stored, merged.fleet, models, (found) => [
    ...entries.problems,
    ...[...merged.problems, ...found].filter((problem) => !blamed(problem)),
  ])
}

/** The plan that turns the stored companies into the wanted ones; companies in neither are left alone. */
export async function planFleet(
  reader: FleetReader,
  stored: readonly Company[],
  wanted: readonly LocatedCompany[],
  models: ModelLookup,
  addProblems: (found: readonly Problem[]) => readonly Problem[] = (found) => found,
): Promise<FleetPlan> {
  const after = wanted.map(({ company }) => company)
  const names = [...new Set([...stored, ...after].map((company) => company.name))]
  const claims = await reader.claims(names, candidatesOf(after))
  const problems = addProblems(checkFleet(wanted, models, claims))
  refuseFaults(problems)
  const diff = diffFleets(stored, after)
  return {
    diff,
    impacts: impacts(diff, stored, after, models),
    warnings: problems,
    renewals: await renewals(diff, reader),
  }
}

/** The line a problem stands in, as the file counts it or as a single line is called. */
function linePath(problem: Problem): string {
  return /^(companies\[\d+\]\.lines\[\d+\]|line \+\d+)/.exec(problem.path)?.[0] ?? ''
}

function candidatesOf(companies: readonly Company[]): Candidates {
  const lines = companies.flatMap((company) => company.lines)
  const given = <T>(values: readonly (T | undefined)[]) => values.filter((value) => value !== undefined)
  return {
    numbers: lines.map((line) => line.number),
    macs: [...new Set(given(lines.map((line) => line.equipment?.mac)))],
    emails: given(lines.map((line) => line.email)),
    sipUsers: lines.map(sipUser),
  }
}

/** Devices touched, each once: one that only moved from one company to another is linked there, not unlinked here. */
function impacts(
  diff: FleetDiff,
  before: readonly Company[],
  after: readonly Company[],
  models: ModelLookup,
): readonly DeviceImpact[] {
  const find = (companies: readonly Company[], name: string) =>
    companies.find((company) => company.name === name)
  const all = diff.flatMap((change) =>
    impactOf(change, find(before, change.name), find(after, change.name), models),
  )
  const linked = new Set(all.filter((impact) => impact.link !== 'unlinked').map((impact) => impact.mac))
  return all.filter((impact) => impact.link !== 'unlinked' || !linked.has(impact.mac))
}
