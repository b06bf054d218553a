import type { JobState, RebootEvent } from './reboots.ts'

/** The one live job of a device; it is gone when the device has what it should have. */
export interface RebootRow {
  id: number
  mac: string
  model: string
  company: string
  site: string | null
  place: string
  state: JobState
  cause: 'change' | 'order'
  /** JSON. */
  reasons: string
  /** 1 or 0, as is quiet. */
  restart: number
  quiet: number
  who: string
  queued_at: number
  due_at: number
  /** When somebody has to look at it: as it is due, or when the lease ends; never for one that was given up. */
  next_at: number | null
  attempts: number
  /** Who has it in hand, and since when. */
  node: string | null
  claimed_at: number | null
  /** When the last tell was begun, answered or not: a device that comes later may come because of it. */
  sent_at: number | null
  told_at: number | null
  /** When the device was first seen after that. */
  seen_at: number | null
  last_result: string | null
  last_detail: string | null
  /** Sealed JSON of a WakeTarget, where the device is still reached by what it was and not by what it shall be. */
  target: string | null
}

export interface RebootEventRow {
  id: number
  mac: string
  at: number
  what: RebootEvent['what']
  detail: string | null
  who: string | null
  /** Whose rate a tell counts against. */
  place: string | null
}
