import type { IncomingHttpHeaders } from 'node:http'
import { isIPv6 } from 'node:net'

/**
 * The cookies of a browser that somebody signed in with. Over HTTPS the name itself makes browsers refuse it from
 * anybody else than this very host.
 */
export function cookieNames(secure: boolean): { readonly session: string; readonly provider: string } {
  const prefix = secure ? '__Host-' : ''
  return { session: `${prefix}bootline`, provider: `${prefix}bootline-provider` }
}

/** Not for the server: pages read it and repeat it in a header. It is compared with what the session has. */
export const csrfCookie = 'bootline-csrf'

export function cookieOf(headers: IncomingHttpHeaders, name: string): string | undefined {
  const values = (headers.cookie ?? '')
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(`${name}=`))
    .map((pair) => pair.slice(name.length + 1))
  // Two of one name: one of them was put there by somebody else.
  return values.length === 1 ? values[0] : undefined
}

export interface CookieParts {
  readonly secure: boolean
  readonly httpOnly: boolean
  /** In milliseconds; 0 takes it away, absent: until the browser is closed. */
  readonly life?: number
}

export function writtenCookie(name: string, value: string, { secure, httpOnly, life }: CookieParts): string {
  return [
    `${name}=${value}`,
    'Path=/',
    'SameSite=Lax',
    ...(httpOnly ? ['HttpOnly'] : []),
    ...(secure ? ['Secure'] : []),
    ...(life === undefined ? [] : [`Max-Age=${Math.floor(life / 1000)}`]),
  ].join('; ')
}

/** Who counts as one source: an IPv4 address, or the /64 of an IPv6 one, whose host may use any address of it. */
export function sourceOf(address: string): string {
  if (!isIPv6(address)) return address
  const mapped = /^::ffff:(\d+(?:\.\d+){3})$/i.exec(address)?.[1]
  if (mapped !== undefined) return mapped
  const [head = '', tail] = new URL(`http://[${address.replace(/%.*$/, '')}]/`).hostname
    .slice(1, -1)
    .split('::')
  const front = head.split(':').filter(Boolean)
  const back = (tail ?? '').split(':').filter(Boolean)
  const zeros = new Array<string>(8 - front.length - back.length).fill('0')
  return `${[...front, ...zeros, ...back].slice(0, 4).join(':')}::/64`
}
