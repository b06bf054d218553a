import type { IncomingHttpHeaders } from 'node:http'
import { cookieOf } from '../people/cookies.ts'

/** A page tells the browser's own time zone in this cookie; the dates of the next page are of that zone. */
const name = 'bootline-zone'

/** Where the reader's clock is, as far as the browser has said; otherwise dates are those of the server's host. */
export function zoneOf(headers: IncomingHttpHeaders): string | undefined {
  const zone = cookieOf(headers, name)?.replaceAll('%2F', '/')
  return zone !== undefined && isZone(zone) ? zone : undefined
}

function isZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }) !== undefined
  } catch {
    return false
  }
}
