import { checkDepartures } from '../domain/departures.ts'
import { diffFleets } from '../domain/diff.ts'
import { checkFleet } from '../domain/fleet-rules.ts'
import { impactsOf } from '../domain/impacts.ts'
import type { Company, NumberBlock } from '../domain/intent.ts'
import type { ModelLookup } from '../domain/model.ts'
import { type Losses, type Move, moveLines } from '../domain/moves.ts'
import { fault, type Problem } from '../domain/problem.ts'
import type { FleetReader } from '../store/store.ts'
import { claimsOutside } from './claims.ts'
import { unknownCompany } from './companies.ts'
import { refuseFaults } from './failure.ts'
import { locateStored } from './merge.ts'
import type { FleetPlan } from './plan.ts'

export interface MoveBetween extends Move {
  readonly from: string
  readonly to: string
}

/** What moving lines would do, and what would be lost by it. */
export interface MovePlan extends FleetPlan {
  readonly lost: Losses
  /** Blocks of numbers that go along. */
  readonly blocks: readonly NumberBlock[]
}

/** Plans to move lines with their devices; nothing moves when any of them cannot. */
export async function planMove(
  reader: FleetReader,
  move: MoveBetween,
  models: ModelLookup,
): Promise<MovePlan> {
  const stored = await reader.readFleet({ companies: [move.from, move.to], secrets: true })
  const [from, to] = [companyNamed(stored, move.from), companyNamed(stored, move.to)]
  refuseFaults(move.from === move.to ? [nowhere(move.to)] : checkMove(from, move))
  const moved = moveLines(from, to, move)
  const after = stored.map(({ name }) => (name === from.name ? moved.from : moved.to))
  const claims = await claimsOutside(reader, stored, after, 'companies')
  const problems = checkFleet(after.map(locateStored), models, claims)
  refuseFaults(problems)
  const diff = diffFleets(stored, after)
  return {
    diff,
    impacts: impactsOf(diff, stored, after, models),
    warnings: problems,
    renewals: [],
    lost: moved.lost,
    blocks: moved.blocks,
  }
}

function checkMove(from: Company, { numbers }: Move): readonly Problem[] {
  const known = new Set(from.lines.map(({ number }) => number))
  const at = (number: string) => `lines[${numbers.indexOf(number)}]`
  const unknown = numbers.filter((number) => !known.has(number))
  return [
    ...unknown.map((number) =>
      fault('line-elsewhere', at(number), `${number} is not a line of ${from.name}`, 'name lines of it'),
    ),
    ...checkDepartures(from, new Set(numbers), at),
  ]
}

function nowhere(company: string): Problem {
  return fault('move-nowhere', 'to', `the lines are in ${company} already`, 'name another company')
}

function companyNamed(companies: readonly Company[], name: string): Company {
  const company = companies.find((one) => one.name === name)
  if (!company) throw unknownCompany(name)
  return company
}
