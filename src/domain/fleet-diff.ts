import type { CompanySettings, Line, Site } from './intent.ts'

/** One record before and after: without `before` it is new, without `after` it goes. */
export interface RecordChange<T> {
  readonly before?: T
  readonly after?: T
}

export interface CompanyChange {
  readonly name: string
  /** Present when the settings themselves are new, changed or removed. */
  readonly settings?: RecordChange<CompanySettings>
  /** Sites with their pickup groups. */
  readonly sites: readonly RecordChange<Site>[]
  readonly lines: readonly RecordChange<Line>[]
}

/** What turns one fleet into another, in the order of the file. Nothing in it is unchanged. */
export type FleetDiff = readonly CompanyChange[]

/** How soon a device must take its new files. */
export type Urgency = 'reboot' | 'quiet-hours'

/** A device whose files differ after a change, why, and when it should hear of it. */
export interface DeviceImpact {
  readonly mac: string
  readonly model: string
  readonly company: string
  readonly urgency: Urgency
  /** In plain words, without secrets: `keys changed`, `line +33… added on port 2`. */
  readonly reasons: readonly string[]
  /** What changed is taken up only by starting anew, rather than by looking for new files. */
  readonly restart: boolean
  /** The device is new here, stays, or was unlinked and gets a neutral configuration. */
  readonly link: 'linked' | 'kept' | 'unlinked'
}
