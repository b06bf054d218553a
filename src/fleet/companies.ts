import { diffFleets } from '../domain/diff.ts'
import { fault } from '../domain/problem.ts'
import { checkName } from '../domain/text-rules.ts'
import type { Deletion } from '../store/company-deletions.ts'
import type { FleetReader, Store } from '../store/store.ts'
import { applyPlanned } from './apply.ts'
import { FleetFailure, refuseFaults } from './failure.ts'
import type { FleetPlan } from './plan.ts'

type Who = { readonly name: string; readonly source: string }

const day = 24 * 3_600_000

/** How long a company that is to go can be kept, when nobody says otherwise; and how far off the day may be. */
export const deletionTimes = { usual: 30 * day, longest: 366 * day }

/** Gives a company another name; its devices, history and people stay with it. */
export async function renameCompany(store: Store, who: Who, from: string, to: string): Promise<void> {
  refuseFaults(checkName(to, 'name'))
  const done = await store.write(who, (writer) => writer.renameCompany(from, to))
  if (done === 'unknown') throw unknownCompany(from)
  if (done === 'taken') {
    const wrong = `there is a company "${to}" already`
    refuseFaults([fault('name-taken', 'name', wrong, 'give another name')])
  }
}

/** Says when an empty company goes; until then it can be kept. */
export async function planDeletion(
  store: Store,
  who: Who,
  company: string,
  { at, now }: { readonly at: number; readonly now: number },
): Promise<Deletion> {
  if (!(at > now && at <= now + deletionTimes.longest)) {
    const right = 'give a moment to come, within a year'
    refuseFaults([fault('deletion-time', 'at', 'a company cannot go then', right)])
  }
  const planned = await store.deletions.plan(company, at, { ...who, at: now })
  if (planned === 'unknown') throw unknownCompany(company)
  if (planned === 'in-use') {
    const wrong = `${company} has lines`
    throw new FleetFailure('company-in-use', wrong, 'move its lines to another company, or remove them')
  }
  return planned
}

/** The company stays. */
export async function keepCompany(store: Store, who: Who, company: string, now: number): Promise<void> {
  if (await store.deletions.cancel(company, { ...who, at: now })) return
  const wrong = `${company} is not going to be deleted`
  throw new FleetFailure('deletion-unknown', wrong, 'look at the list of companies')
}

export interface CarriedOut {
  readonly deleted: readonly string[]
  /** They have lines again: they stay, and nothing is planned any more. */
  readonly kept: readonly string[]
}

/** Removes the companies whose time has come, as long as they are empty. */
export async function carryOutDeletions(store: Store, now: number): Promise<CarriedOut> {
  const who = { name: 'bootline', source: 'server' }
  const deleted: string[] = []
  const kept: string[] = []
  for (const { company } of await store.deletions.due(now)) {
    const done = await applyPlanned(store, (reader) => planRemoval(reader, company, now), { who })
    if (done.diff.length > 0) deleted.push(company)
    else if (await isDue(store, company, now)) {
      await store.deletions.cancel(company, { ...who, at: now })
      kept.push(company)
    }
  }
  return { deleted, kept }
}

/** Empty when somebody has kept the company at the last moment, or put a line there. */
async function planRemoval(reader: FleetReader, name: string, now: number): Promise<FleetPlan> {
  const [company] = await reader.readFleet({ companies: [name], secrets: false })
  const goes = company && company.lines.length === 0 && (await isDue(reader, name, now))
  return { diff: goes ? diffFleets([company], []) : [], impacts: [], warnings: [], renewals: [] }
}

async function isDue(reader: FleetReader, company: string, now: number): Promise<boolean> {
  const deletion = await reader.deletionOf(company)
  return deletion !== undefined && deletion.at <= now
}

export function unknownCompany(name: string): FleetFailure {
  return new FleetFailure('company-unknown', `there is no company "${name}"`, 'check its name')
}
