/** As HTTP writes a date; it knows whole seconds only. */
export function httpDate(milliseconds: number): string {
  return new Date(milliseconds).toUTCString()
}

/**
 * A date as HTTP knows three forms of; nothing when it is none. Old clients add `; length=…`, and the oldest form
 * names no zone although it means GMT.
 */
export function parseHttpDate(text: string): number | undefined {
  const date = text.split(';', 1)[0]?.trim() ?? ''
  if (!/^[A-Z][a-z]{2}.*\d\d:\d\d:\d\d/.test(date)) return undefined
  const milliseconds = Date.parse(/GMT|UTC|[+-]\d{4}$/.test(date) ? date : `${date} GMT`)
  return Number.isNaN(milliseconds) ? undefined : milliseconds
}
