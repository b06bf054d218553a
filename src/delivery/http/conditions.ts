import type { IncomingHttpHeaders } from 'node:http'
import { parseHttpDate } from './dates.ts'

/** What a conditional request is held against. */
export interface Version {
  readonly etag: string
  readonly modifiedAt: number
  /** The same as `modifiedAt`, as it is sent. */
  readonly lastModified: string
}

/** Clocks of devices are wrong by minutes; one that is wrong by more would otherwise never get a new file. */
const AHEAD = 86_400_000

/** The device has this version. A tag says more than a date: where both are sent, the date does not count. */
export function isCurrent(headers: IncomingHttpHeaders, version: Version): boolean {
  const tags = headers['if-none-match']
  if (tags !== undefined) return namesTag(tags, version.etag)
  const since = headers['if-modified-since']
  if (since === undefined) return false
  if (since === version.lastModified) return true
  const date = parseHttpDate(since)
  if (date === undefined || date > Date.now() + AHEAD) return false
  return date >= Math.floor(version.modifiedAt / 1000) * 1000
}

/** Whether a range may be given: the device holds the start of this very version, or does not say. */
export function rangeHolds(headers: IncomingHttpHeaders, version: Version): boolean {
  const condition = headers['if-range']
  return condition === undefined || condition === version.etag || condition === version.lastModified
}

/** Tags are compared weakly, as HTTP asks for reads. Some clients leave the quotes out. */
function namesTag(list: string, etag: string): boolean {
  if (list === etag || list.trim() === '*') return true
  const tags = list.match(/"[^"]*"|[^\s",]+/g) ?? []
  return tags.some((tag) => tag === etag || `"${tag}"` === etag)
}
