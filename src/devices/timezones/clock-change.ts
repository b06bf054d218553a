/** A moment of the year in the clock on the wall just before the change. */
export interface ClockChange {
  /** 1 is January. */
  readonly month: number
  /** 1 to 4 count from the first such weekday of the month, 5 is the last one. */
  readonly week: 1 | 2 | 3 | 4 | 5
  /** 0 is Sunday. */
  readonly weekday: number
  /** Minutes since local midnight, 0 to 1439. */
  readonly minuteOfDay: number
}

export interface ZoneRules {
  /** Minutes east of Greenwich, outside daylight saving time. */
  readonly offsetMinutes: number
  readonly dst?: {
    /** Minutes east of Greenwich during daylight saving time. */
    readonly offsetMinutes: number
    readonly start: ClockChange
    readonly end: ClockChange
  }
}
