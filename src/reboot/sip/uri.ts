import { isIPv6 } from 'node:net'

/** What would end a URI, a header or a line: such a value is somebody's mistake or attack, and is never escaped. */
const unfit = /[\s\p{Cc}\p{Cs}<>"\\]/u

/** Whatever is not unreserved or user-unreserved in RFC 3261, 25.1. */
const toEscape = /[^A-Za-z0-9\-_.!~*'()&=+$,;?/]/gu

/** Nearly all users are numbers or names of such characters, which need no second look. */
const ordinary = /^[A-Za-z0-9+._-]+$/

const MOST_USER = 128
const MOST_HOST = 253

/** A package and its parameters: `check-sync;reboot=true`. */
const token = "[A-Za-z0-9.!%*_+`'~-]+"
const event = new RegExp(`^${token}(?:;${token}(?:=${token})?)*$`)

/** The user part of a SIP URI; `undefined` for what must not be written into one. */
export function writeUser(user: string): string | undefined {
  if (user === '' || user.length > MOST_USER) return undefined
  if (ordinary.test(user)) return user
  return unfit.test(user) ? undefined : user.replace(toEscape, encodeURIComponent)
}

/** The host part of a SIP URI: a name, an address of IPv4, which has a name's characters, or one of IPv6 in brackets. */
export function writeHost(host: string): string | undefined {
  // An address with a zone means something on one machine only.
  if (host.includes(':')) return isIPv6(host) && !host.includes('%') ? `[${host}]` : undefined
  return host.length <= MOST_HOST && /^[A-Za-z0-9_][A-Za-z0-9._-]*$/.test(host) ? host : undefined
}

export function isEvent(text: string): boolean {
  return text.length <= 200 && event.test(text)
}

/** A digest's user stands in quotes, where peers disagree on how to escape. */
export function isSignInName(user: string): boolean {
  return user.length <= MOST_USER && (ordinary.test(user) || /^[^\p{Cc}\p{Cs}"\\]+$/u.test(user))
}
