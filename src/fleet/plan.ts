import { diffFleets } from '../domain/diff.ts'
import type { DeviceImpact, FleetDiff } from '../domain/fleet-diff.ts'
import { checkFleet } from '../domain/fleet-rules.ts'
import { impactOf } from '../domain/impact.ts'
import type { Company } from '../domain/intent.ts'
import type { ModelLookup } from '../domain/model.ts'
import type { Problem } from '../domain/problem.ts'
import type { FleetReader } from '../store/store.ts'
import { claimsOutside } from './claims.ts'
import type { FleetEntries } from './entries.ts'
import { refuseFaults } from './failure.ts'
import { linesAlone } from './lines-alone.ts'
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

/**
 * Lays a fleet file over the stored fleet, checks every rule, and says what would change. Throws when any is broken.
 * Of the stored fleet only what the file can concern is read.
 */
export async function planEntries(
  reader: FleetReader,
  entries: FleetEntries,
  models: ModelLookup,
  { prune }: PlanOptions,
): Promise<FleetPlan> {
  const named = entries.companies.map((part) => part.entry.name)
  const around = prune ? undefined : linesAlone(entries)
  const stored = await reader.readFleet({
    secrets: true,
    ...(prune ? {} : { companies: named }),
    ...(around ? { around } : {}),
  })
  const merged = mergeFleet(stored, entries, models, prune)
  const after = merged.fleet.map(({ company }) => company)
  const claims = await claimsOutside(reader, stored, after, around ? 'lines' : 'companies')
  const blamed = (problem: Problem) => entries.unreadable.has(linePath(problem))
  const problems = [
    ...entries.problems,
    ...[...merged.problems, ...checkFleet(merged.fleet, models, claims)].filter(
      (problem) => !blamed(problem),
    ),
  ]
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
