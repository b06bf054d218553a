import { isIPv4, isIPv6 } from 'node:net'

/** What would end a URI, a header or a line: such a value is somebody's mistake or attack, and is never escaped. */
const unfit = /[\s\p{Cc}\p{Cs}<>"\\]/u

/** Whatever is not unreserved or user-unreserved in RFC 3261, 25.1. */
const toEscape = /[^A-Za-z0-9\-_.!~*'()&=+$,;?/]/gu

const label = '[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?'
const hostName = new RegExp(`^${label}(\\.${label})*\\.?$`)

/** A package and its parameters: `check-sync;reboot=true`. */
const token = "[A-Za-z0-9.!%*_+`'~-]{1,64}"
const event = new RegExp(`^${token}(;${token}(=${token})?){0,8}$`)

/** The user part of a SIP URI; `undefined` for what must not be written into one. */
export function writeUser(user: string): string | undefined {
  if (user === '' || user.length > 128 || unfit.test(user)) return undefined
  return user.replace(toEscape, encodeURIComponent)
}

/** The host part of a SIP URI: a name, or an address, in brackets where it is one of IPv6. */
export function writeHost(host: string): string | undefined {
  if (isIPv4(host)) return host
  // An address with a zone means something on one machine only.
  if (isIPv6(host)) return host.includes('%') ? undefined : `[${host}]`
  return host.length <= 253 && hostName.test(host) ? host : undefined
}

export function isEvent(text: string): boolean {
  return event.test(text)
}

/** A digest's user stands in quotes, where peers disagree on how to escape. */
export function isSignInName(user: string): boolean {
  return user.length <= 128 && /^[^\p{Cc}\p{Cs}"\\]+$/u.test(user)
}
