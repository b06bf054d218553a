import type { QuietHours } from './intent.ts'

/** When a company that says nothing of it is thought to sleep. */
export const defaultQuietHours: QuietHours = { from: '22:00', to: '05:00' }

const minute = 60_000
const day = 24 * 60 * minute
/** No clock is put forward by so much that quiet hours would not come within it. */
const horizon = 4 * day

/** What the clock on the wall says counts: an hour that it skips is nobody's, one that it shows twice is quiet twice. */
export function isQuiet({ from, to }: QuietHours, timezone: string, now: number): boolean {
  const clock = minutesOf(now + offsetAt(timezone, now))
  const [begin, end] = [minutesOfText(from), minutesOfText(to)]
  return begin < end ? begin <= clock && clock < end : clock >= begin || clock < end
}

/** The next moment of quiet, which is now when it is quiet already. */
export function nextQuietStart(hours: QuietHours, timezone: string, now: number): number {
  if (isQuiet(hours, timezone, now)) return now
  // Quiet begins where the clock shows the hour it begins at, or where the clock is put forward or back.
  const changes = clockChanges(timezone, now, now + horizon)
  const offsets = new Set([now, ...changes].map((at) => offsetAt(timezone, at)))
  const shown = [...offsets].flatMap((offset) => momentsOf(minutesOfText(hours.from), offset, now))
  const begins = [...shown, ...changes].filter((at) => at >= now && isQuiet(hours, timezone, at))
  return Math.min(...begins)
}

/** When a clock that is that much ahead of UTC shows this minute of the day, day after day. */
function momentsOf(clock: number, offset: number, now: number): readonly number[] {
  const midnight = Math.floor((now + offset) / day) * day - offset
  return Array.from({ length: horizon / day }, (_, i) => midnight + i * day + clock * minute)
}

/** The first moments after the clock was put forward or back; it never is twice within hours. */
function clockChanges(timezone: string, from: number, to: number): readonly number[] {
  const step = day / 4
  const found: number[] = []
  for (let before = from - (from % minute); before < to; before += step) {
    const offset = offsetAt(timezone, before)
    if (offset === offsetAt(timezone, before + step)) continue
    let [old, changed] = [before, before + step]
    while (changed - old > minute) {
      const middle = old + Math.floor((changed - old) / 2 / minute) * minute
      if (offsetAt(timezone, middle) === offset) old = middle
      else changed = middle
    }
    found.push(changed)
  }
  return found
}

/** How far the clock there is ahead of UTC. */
function offsetAt(timezone: string, at: number): number {
  const parts = new Map(
    clockOf(timezone)
      .formatToParts(at)
      .map(({ type, value }) => [type, Number(value)]),
  )
  const part = (type: Intl.DateTimeFormatPartTypes): number => parts.get(type) ?? 0
  const shown = Date.UTC(
    part('year'),
    part('month') - 1,
    part('day'),
    part('hour'),
    part('minute'),
    part('second'),
  )
  return shown - Math.floor(at / 1000) * 1000
}

const clocks = new Map<string, Intl.DateTimeFormat>()

/** Making one costs a thousand times as much as asking it. */
function clockOf(timezone: string): Intl.DateTimeFormat {
  const clock =
    clocks.get(timezone) ??
    new Intl.DateTimeFormat('en', {
      timeZone: timezone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    })
  clocks.set(timezone, clock)
  return clock
}

function minutesOf(clock: number): number {
  return Math.floor((((clock % day) + day) % day) / minute)
}

/** Of `HH:MM`, as the rules let it through. */
function minutesOfText(text: string): number {
  const [hours = 0, minutes = 0] = text.split(':').map(Number)
  return hours * 60 + minutes
}
