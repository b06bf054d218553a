import type { WakeTarget } from './reboots-target.ts'

/** What a job is about to do, or waits for. */
export type JobState =
  | 'waiting' // until it is due
  | 'sending' // a node has it in hand, until its lease ends
  | 'told' // the device has heard; its fetch is waited for
  | 'given-up' // it will take its files at its next start or poll

/** One device that is to take its wanted revision; there is at most one job a device, changes to it merge. */
export interface RebootJob {
  readonly id: number
  readonly mac: string
  readonly model: string
  readonly company: string
  readonly site?: string
  readonly state: JobState
  /** `change`: a change of the fleet; `order`: somebody asked for it, and the device restarts even without new files. */
  readonly cause: 'change' | 'order'
  /** Why, in plain words; merged ones have all reasons. */
  readonly reasons: readonly string[]
  /** Something needs the device to restart, rather than to look for new files. */
  readonly restart: boolean
  readonly who: string
  readonly queuedAt: number
  readonly dueAt: number
  /** Tells so far without the device coming back. */
  readonly attempts: number
  readonly toldAt?: number
  readonly lastResult?: string
  readonly lastDetail?: string
}

/** Everything that has happened to a device's job, for its story. */
export interface RebootEvent {
  readonly mac: string
  readonly at: number
  readonly what:
    | 'queued'
    | 'merged'
    | 'told' // was sent and answered; `detail` says how
    | 'seen' // the device came after it was told
    | 'in-sync' // every file of the wanted revision was fetched
    | 'unchanged' // its files turned out to be the same: nobody was woken
    | 'given-up'
    | 'cancelled'
    | 'retried'
    | 'rescheduled'
  readonly detail?: string
  readonly who?: string
}

export interface JobsQuery {
  readonly company?: string
  readonly site?: string
  readonly model?: string
  readonly mac?: string
  readonly limit: number
  /** The id of the last job of the page before. */
  readonly after?: number
}

export interface Order {
  readonly macs: readonly string[]
  readonly dueAt: number
  readonly who: string
}

export interface Outcome {
  readonly state: JobState
  readonly dueAt: number
  readonly attempts: number
  readonly result: string
  readonly detail: string
  readonly at: number
}

/** The durable queue of devices to be woken. Every write is durable once it returns, and happens whole or not at all. */
export interface Reboots {
  /** Jobs that are due and whose device's files are rendered, soonest first; leases that ran out are due again. */
  due(now: number, limit: number): Promise<readonly RebootJob[]>
  /** When the next job is due that is not due now. */
  nextDue(now: number): Promise<number | undefined>
  /** Of all nodes that try, one gets it: until then nobody else tells the device. */
  claim(id: number, node: string, until: number, now: number): Promise<boolean>
  /** What became of a claimed job; `false` when it was taken over, cancelled or changed in between. */
  settle(id: number, node: string, outcome: Outcome): Promise<boolean>
  /** Ends jobs whose device has fetched its wanted revision (or never needed to); says which and how. */
  confirm(now: number): Promise<readonly { readonly mac: string; readonly what: 'in-sync' | 'unchanged' }[]>
  /** How many tells went to whom since then: by company and site, or source address where it has no site. */
  sentSince(at: number): Promise<readonly { readonly place: string; readonly at: number }[]>
  /** What a sender needs of the device now: from the intent, or as it was when the device was unlinked. */
  target(mac: string): Promise<WakeTarget | undefined>

  jobs(query: JobsQuery): Promise<readonly RebootJob[]>
  count(): Promise<Readonly<Record<JobState, number>>>
  /** Adds or merges; devices that are not known are left out; says which were taken. */
  order(order: Order): Promise<readonly string[]>
  cancel(macs: readonly string[], who: string, at: number): Promise<readonly string[]>
  /** Makes waiting and given-up jobs due then, with their attempts forgotten. */
  reschedule(macs: readonly string[], dueAt: number, who: string, at: number): Promise<readonly string[]>
  eventsOf(mac: string, limit: number): Promise<readonly RebootEvent[]>
  pruneEvents(before: number): Promise<number>
}
