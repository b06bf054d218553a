import type { Extent } from '../domain/extent.ts'
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
  /** Whose rate it counts against: its company and site, or where it was last seen from when it has no site. */
  readonly place: string
  readonly state: JobState
  /** `change`: a change of the fleet; `order`: somebody asked for it, and the device restarts even without new files. */
  readonly cause: 'change' | 'order'
  /** Why, in plain words; merged ones have all reasons. */
  readonly reasons: readonly string[]
  /** Something needs the device to restart, rather than to look for new files. */
  readonly restart: boolean
  /** Only what the device shows has changed and nobody asked for haste: it is told within quiet hours only. */
  readonly quiet: boolean
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
    | 'unreached' // nothing could be sent to whoever passes it on; it is tried again
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
  readonly state?: JobState
  /** Absent: of the whole fleet. */
  readonly within?: Extent
  readonly limit: number
  /** The id of the last job of the page before. */
  readonly after?: number
}

export interface Order {
  readonly macs: readonly string[]
  readonly dueAt: number
  readonly who: string
  readonly at: number
}

export interface Outcome {
  readonly state: JobState
  /** Something went out to the device; otherwise it was decided without, and no rate is used up. */
  readonly told: boolean
  readonly dueAt: number
  readonly attempts: number
  readonly result: string
  readonly detail: string
  readonly at: number
}

/** The durable queue of devices to be woken. Every write is durable once it returns, and happens whole or not at all. */
export interface Reboots {
  /**
   * Jobs that are due and whose device's files are rendered: waiting ones, told ones that nothing came of, and those
   * whose lease ran out. Orders come before changes, and those that can wait for quiet hours last; else the soonest
   * first. No place is given more than `perPlace`, and the first of every place come before the second of any, so that
   * a large site does not fill the list.
   */
  due(now: number, limit: number, perPlace: number): Promise<readonly RebootJob[]>
  /** When the next job is due that is not due now. */
  nextDue(now: number): Promise<number | undefined>
  /**
   * Of all nodes that try, one gets it: until then nobody else tells the device. Nobody gets one that is not due any
   * more, whatever `due` said before.
   */
  claim(id: number, node: string, until: number, now: number): Promise<boolean>
  /** Puts off a due job that nobody has in hand, without telling anybody: it came up outside its quiet hours. */
  postpone(id: number, dueAt: number, now: number): Promise<boolean>
  /** What became of a claimed job; `false` when it was taken over, cancelled or changed in between. */
  settle(id: number, node: string, outcome: Outcome): Promise<boolean>
  /** Ends jobs whose device has fetched its wanted revision (or never needed to); says which and how. */
  confirm(now: number): Promise<readonly { readonly mac: string; readonly what: 'in-sync' | 'unchanged' }[]>
  /** Which places were told when since then; jobs that somebody has in hand count as told now. */
  sentSince(at: number): Promise<readonly { readonly place: string; readonly at: number }[]>
  /** What a sender needs of the device now: from the intent, or as it was when the device was unlinked. */
  target(mac: string): Promise<WakeTarget | undefined>

  jobs(query: JobsQuery): Promise<readonly RebootJob[]>
  count(): Promise<Readonly<Record<JobState, number>>>
  /** Adds or merges; devices that are not known are left out; says which were taken. */
  order(order: Order): Promise<readonly string[]>
  cancel(macs: readonly string[], who: string, at: number): Promise<readonly string[]>
  /** Makes waiting and given-up jobs due then, in quiet hours or not, with their attempts forgotten. */
  reschedule(macs: readonly string[], dueAt: number, who: string, at: number): Promise<readonly string[]>
  /** The newest first. */
  eventsOf(mac: string, limit: number): Promise<readonly RebootEvent[]>
  pruneEvents(before: number): Promise<number>
}
