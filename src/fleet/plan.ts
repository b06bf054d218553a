import { setImmediate as nextTurn } from 'node:timers/promises'
import { checkDepartures } from '../domain/departures.ts'
import { diffFleets } from '../domain/diff.ts'
import type { DeviceImpact, FleetDiff } from '../domain/fleet-diff.ts'
import { checkFleet } from '../domain/fleet-rules.ts'
import { impactsOf } from '../domain/impacts.ts'
import type { Company } from '../domain/intent.ts'
import type { LocatedCompany } from '../domain/located-fleet.ts'
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
  // Each step of a large fleet takes its time: between two of them the process answers its devices.
  await nextTurn()
  const merged = mergeFleet(stored, entries, models, prune)
  const after = merged.fleet.map(({ company }) => company)
  const claims = await claimsOutside(reader, stored, after, around ? 'lines' : 'companies')
  await nextTurn()
  const blamed = (problem: Problem) => entries.unreadable.has(linePath(problem))
  const problems = [
    ...entries.problems,
    ...(prune ? departures(stored, merged.fleet) : []),
    ...[...merged.problems, ...checkFleet(merged.fleet, models, claims)].filter(
      (problem) => !blamed(problem),
    ),
  ]
  refuseFaults(problems)
  await nextTurn()
  const diff = diffFleets(stored, after)
  await nextTurn()
  const impacts = impactsOf(diff, stored, after, models)
  await nextTurn()
  return {
    diff,
    impacts,
    warnings: problems,
    renewals: await renewals(diff, reader),
  }
}

/** The line a problem stands in, as the file counts it or as a single line is called. */
function linePath(problem: Problem): string {
  return /^(companies\[\d+\]\.lines\[\d+\]|line \+\d+)/.exec(problem.path)?.[0] ?? ''
}

/** Lines that a whole file gives to another company than they have. */
function departures(stored: readonly Company[], fleet: readonly LocatedCompany[]): readonly Problem[] {
  const arriving = new Map(
    fleet.flatMap(({ company, lines }) =>
      company.lines.map((line, i) => [line.number, { company: company.name, path: lines[i] ?? '' }] as const),
    ),
  )
  return stored.flatMap((company) => {
    const leaving = company.lines
      .map(({ number }) => number)
      .filter((number) => (arriving.get(number)?.company ?? company.name) !== company.name)
    return checkDepartures(company, new Set(leaving), (number) => arriving.get(number)?.path ?? '')
  })
}
