/** How a device comes: one row for each that was here or was turned away. */
export interface VisitsRow {
  mac: string
  /** JSON: the times of its last starts, the latest last. */
  starts: string
  /** The first of them, once there are as many as are kept. */
  starts_since: number | null
  /** Since it had a file last. */
  refusals: number
  refused_at: number | null
  refused_why: string | null
}

/** What changed of a device itself: the firmware it runs, the name it gives itself. */
export type OwnChange = 'firmware' | 'user-agent'

export interface HistoryRow {
  id: number
  mac: string
  at: number
  what: OwnChange
  before: string
  after: string
}
