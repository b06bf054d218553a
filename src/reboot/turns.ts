import type { RebootJob } from '../store/reboots.ts'

/**
 * Who had a turn when, counted in turns: companies go in turn, and in a company its places. It is remembered from one
 * choice to the next, since often only one device may be told at a time.
 */
export interface Turns {
  readonly count: number
  readonly companies: ReadonlyMap<string, number>
  readonly places: ReadonlyMap<string, number>
}

export const noTurns: Turns = { count: 0, companies: new Map(), places: new Map() }

type Placed = Pick<RebootJob, 'id' | 'company' | 'place' | 'dueAt'>

/** The jobs of one company at one place, the longest due first. */
export interface Queue<Job> {
  readonly company: string
  readonly place: string
  readonly jobs: readonly [Job, ...Job[]]
}

/** Jobs by company and place, each in the order they are due. */
export function queuesOf<Job extends Placed>(jobs: readonly Job[]): readonly Queue<Job>[] {
  const queues = new Map<string, { company: string; place: string; jobs: [Job, ...Job[]] }>()
  for (const job of jobs.toSorted(longestDue)) {
    const { company, place } = job
    const key = JSON.stringify([company, place])
    const queue = queues.get(key)
    if (queue) queue.jobs.push(job)
    else queues.set(key, { company, place, jobs: [job] })
  }
  return [...queues.values()]
}

/** The queue whose turn it is: of the company that waits longest, and there of the place that does. */
export function firstInTurn<Job extends Placed>(
  queues: Iterable<Queue<Job>>,
  turns: Turns,
): Queue<Job> | undefined {
  let first: Queue<Job> | undefined
  for (const queue of queues) if (!first || compareTurns(queue, first, turns) < 0) first = queue
  return first
}

function compareTurns<Job extends Placed>(a: Queue<Job>, b: Queue<Job>, turns: Turns): number {
  const { companies, places } = turns
  const byCompany = (companies.get(a.company) ?? 0) - (companies.get(b.company) ?? 0)
  if (byCompany !== 0) return byCompany
  return (places.get(a.place) ?? 0) - (places.get(b.place) ?? 0) || longestDue(a.jobs[0], b.jobs[0])
}

function longestDue(a: Placed, b: Placed): number {
  return a.dueAt - b.dueAt || a.id - b.id
}
