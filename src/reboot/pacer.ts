import type { RebootJob } from '../store/reboots.ts'
import { type Limits, ratesAt, type Sent } from './rates.ts'
import { firstInTurn, type Queue, queuesOf, type Turns } from './turns.ts'

/** What of a job decides when it is its turn. */
export type Paced = Pick<RebootJob, 'id' | 'company' | 'place' | 'cause' | 'quiet' | 'dueAt'>

export interface Choice<Job> {
  /** To be told now, in this order. */
  readonly send: readonly Job[]
  /** When one of the rest may be told at the soonest; absent when there is no rest. */
  readonly again?: number
  /** To be given back at the next choice. */
  readonly turns: Turns
}

/**
 * Who is told now: as many as the limits let through, what people ordered before changes, and last what can wait. Among
 * those the companies go in turn, in each company its places, and at a place whoever is due longest.
 */
export function choose<Job extends Paced>(
  due: readonly Job[],
  sent: readonly Sent[],
  limits: Limits,
  now: number,
  turns: Turns,
): Choice<Job> {
  const rates = ratesAt(now, sent, limits)
  const companies = new Map(turns.companies)
  // A place that has nobody waiting has no claim to a turn; a company's other places have.
  const waiting = new Set(due.map(({ place }) => place))
  const places = new Map([...turns.places].filter(([place]) => waiting.has(place)))
  let count = turns.count
  const send: Job[] = []
  const rest: Queue<Job>[] = []
  for (const jobs of byHaste(due)) {
    const queues = new Set(queuesOf(jobs))
    for (;;) {
      for (const queue of queues) {
        if (rates.mayTell(queue.place)) continue
        queues.delete(queue)
        rest.push(queue)
      }
      const queue = firstInTurn(queues, { count, companies, places })
      if (!queue) break
      const [job, next, ...others] = queue.jobs
      count += 1
      companies.set(job.company, count)
      places.set(job.place, count)
      rates.tell(job.place)
      send.push(job)
      queues.delete(queue)
      if (next) queues.add({ ...queue, jobs: [next, ...others] })
    }
  }
  const again = rest.map(({ place }) => rates.freeAt(place)).sort((a, b) => a - b)[0]
  return { send, ...(again === undefined ? {} : { again }), turns: { count, companies, places } }
}

function byHaste<Job extends Paced>(due: readonly Job[]): readonly (readonly Job[])[] {
  const ordered = due.filter(({ cause }) => cause === 'order')
  const changes = due.filter(({ cause }) => cause === 'change')
  return [ordered, changes.filter(({ quiet }) => !quiet), changes.filter(({ quiet }) => quiet)]
}
