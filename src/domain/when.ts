import type { CompanySettings } from './intent.ts'
import { defaultQuietHours, nextQuietStart } from './quiet-hours.ts'

/** What of a company says what time it is there. */
export type Clock = Pick<CompanySettings, 'timezone' | 'quietHours'>

/** A time a person gave: each company has its own clock and its own quiet hours. */
export type When = (clock: Clock) => number

export interface NoTime {
  readonly wrong: string
  readonly right: string
}

/** Reads `now`, `quiet`, `03:00` (when a company's clock shows it next) or `2026-12-01T03:00:00Z`. */
export function parseWhen(text: string, now: number): When | NoTime {
  if (text === 'now') return () => now
  if (text === 'quiet') {
    return ({ quietHours = defaultQuietHours, timezone }) => nextQuietStart(quietHours, timezone, now)
  }
  if (/^([01]\d|2[0-3]):[0-5]\d$/.test(text)) {
    const minute = { from: text, to: minuteAfter(text) }
    return ({ timezone }) => nextQuietStart(minute, timezone, now)
  }
  const at = /^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(text) ? Date.parse(text) : Number.NaN
  if (Number.isNaN(at)) {
    return {
      wrong: `"${text.slice(0, 40)}" is no time`,
      right: 'give now, quiet, an hour such as 03:00, or a moment such as 2026-12-01T03:00:00Z',
    }
  }
  if (at < now) return { wrong: `"${text.slice(0, 40)}" is over`, right: 'give a moment to come, or now' }
  return () => at
}

function minuteAfter(text: string): string {
  const [hours = 0, minutes = 0] = text.split(':').map(Number)
  const next = (hours * 60 + minutes + 1) % (24 * 60)
  const two = (n: number) => String(n).padStart(2, '0')
  return `${two(Math.floor(next / 60))}:${two(next % 60)}`
}
