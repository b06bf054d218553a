import type { IncomingMessage } from 'node:http'
import { ApiFailure } from '../http/failure.ts'

/**
 * Browsers say which site a request comes from. One that comes from another is refused, before anything else about it
 * is looked at; programs, which say nothing, have no cookies that could be misused.
 */
export function refuseOtherSites({ headers }: IncomingMessage, adminUrl: string | undefined): void {
  const site = headers['sec-fetch-site']
  if (site !== undefined && site !== 'same-origin' && site !== 'none') throw otherSite()
  const { origin } = headers
  if (origin === undefined) return
  const host = URL.canParse(origin) ? new URL(origin).host : undefined
  const own = [headers.host, adminUrl === undefined ? undefined : new URL(adminUrl).host]
  if (host === undefined || !own.includes(host)) throw otherSite()
}

export function isUnsafe({ method }: IncomingMessage): boolean {
  return !['GET', 'HEAD', 'OPTIONS'].includes(method ?? '')
}

function otherSite(): ApiFailure {
  return new ApiFailure(
    403,
    'other-site',
    'the request comes from a page of another site',
    'use the pages of this server, at the address that BOOTLINE_ADMIN_URL says',
  )
}
