/** The last second of a day as the reader's clock has it; an empty text for what is no day. */
export function endOfDay(day: string | undefined, zone: string | undefined): string {
  const end = Date.parse(`${day}T23:59:59Z`)
  if (Number.isNaN(end)) return ''
  const near = end - aheadOfUtc(end, zone)
  return new Date(end - aheadOfUtc(near, zone)).toISOString()
}

/** The day of a moment, as a date field takes it. */
export function dayOf(at: number, zone: string | undefined): string {
  return new Date(at + aheadOfUtc(at, zone)).toISOString().slice(0, 10)
}

/** By how much the clocks of a zone are ahead at a moment. */
function aheadOfUtc(at: number, zone: string | undefined): number {
  // Swedes write dates as ISO 8601 does.
  const clock = new Intl.DateTimeFormat('sv', {
    dateStyle: 'short',
    timeStyle: 'medium',
    ...(zone === undefined ? {} : { timeZone: zone }),
  })
  return Date.parse(`${clock.format(at).replace(' ', 'T')}Z`) - Math.floor(at / 1000) * 1000
}
