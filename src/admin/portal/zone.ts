import type { IncomingHttpHeaders } from 'node:http'
import { cookieOf } from '../people/cookies.ts'

/** A page tells the browser's own time zone in this cookie; the dates of the next page are of that zone. */
const name = 'bootline-zone'

/** Where the reader's clock is, as far as the browser has said; otherwise dates are those of the server's host. */
export function zoneOf(headers: IncomingHttpHeaders): string | undefined {
  const zone = cookieOf(headers, name)?.replaceAll('%2F', '/')
  return zone !== undefined && isZone(zone) ? zone : undefined
}

/** Those that are known to be some: asking takes longer than a page does. */
const zones = new Set<string>()

function isZone(zone: string): boolean {
  if (zones.has(zone)) return true
  try {
    const { timeZone } = new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions()
    // Browsers write a zone as it is called; it can be written in more ways than there is room for.
    if (timeZone === zone) zones.add(zone)
    return true
  } catch {
    return false
  }
}
