/** How many devices may be told in any minute: in all, and at one place. */
export interface Limits {
  readonly perMinute: number
  readonly perSite: number
}

/** Somebody at that place was told then. */
export interface Sent {
  readonly place: string
  readonly at: number
}

/** What the limits leave at one moment; it shrinks with each that is told then. */
export interface Rates {
  mayTell(place: string): boolean
  tell(place: string): void
  /** When one more may be told at that place, were nobody told in between. */
  freeAt(place: string): number
}

export const minute = 60_000

export function ratesAt(now: number, sent: readonly Sent[], limits: Limits): Rates {
  const recent = sent.filter(({ at }) => at > now - minute).sort((a, b) => a.at - b.at)
  const overall = recent.map(({ at }) => at)
  const places = new Map<string, number[]>()
  const at = (place: string): number[] => {
    const times = places.get(place) ?? []
    places.set(place, times)
    return times
  }
  for (const each of recent) at(each.place).push(each.at)
  const { perMinute, perSite } = limits
  return {
    mayTell: (place) => overall.length < perMinute && at(place).length < perSite,
    tell(place) {
      overall.push(now)
      at(place).push(now)
    },
    freeAt: (place) => Math.max(free(overall, perMinute, now), free(at(place), perSite, now)),
  }
}

/** When fewer than the limit were told in the minute before: so many of the times, in order, have to be over. */
function free(times: readonly number[], limit: number, now: number): number {
  const last = times[times.length - limit]
  return last === undefined ? now : last + minute
}
