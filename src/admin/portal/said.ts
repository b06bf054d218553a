import type { IncomingHttpHeaders } from 'node:http'
import { cookieOf, writtenCookie } from '../people/cookies.ts'
import type { Done } from './page.ts'
import { hasText, text } from './text.ts'
import type { Locale } from './texts/written.ts'

/** What the next page says once: a cookie carries it over the redirect, and is gone when it was read. */
const name = 'bootline-said'
const life = 60_000

export function saidCookie(said: NonNullable<Done['said']>, secure: boolean): string {
  const kept = Buffer.from(JSON.stringify(said)).toString('base64url')
  return writtenCookie(name, kept, { secure, httpOnly: true, life })
}

export function goneSaid(secure: boolean): string {
  return writtenCookie(name, '', { secure, httpOnly: true, life: 0 })
}

export function saidBefore(headers: IncomingHttpHeaders, locale: Locale): string | undefined {
  const kept = cookieOf(headers, name)
  if (!kept) return undefined
  try {
    const { text: key, values } = JSON.parse(Buffer.from(kept, 'base64url').toString('utf8')) as NonNullable<
      Done['said']
    >
    return hasText(key) ? text(locale, key, values) : undefined
  } catch {
    // Somebody else wrote it: there is nothing to say.
    return undefined
  }
}
