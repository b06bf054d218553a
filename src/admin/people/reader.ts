import type { IncomingMessage } from 'node:http'
import { type Locale, locales } from '../../domain/intent.ts'
import { cookieOf, writtenCookie } from './cookies.ts'

const cookie = 'bootline-lang'
const year = 366 * 24 * 3_600_000

/** The language somebody chose with this very request. */
export function chosenLocale(query: Readonly<Record<string, unknown>>): Locale | undefined {
  return locales.find((locale) => locale === query.lang)
}

/** In which language somebody is spoken to who has not come in yet: as he chose at the door, or as his browser says. */
export function readerLocale({ headers }: IncomingMessage, chosen: Locale | undefined): Locale {
  const before = cookieOf(headers, cookie)
  return chosen ?? locales.find((locale) => locale === before) ?? wanted(headers['accept-language']) ?? 'fr'
}

/** The choice holds for the steps that follow, and for the next time. */
export function localeCookie(locale: Locale, secure: boolean): string {
  return writtenCookie(cookie, locale, { secure, httpOnly: true, life: year })
}

/** `en-GB,en;q=0.9,fr;q=0.8`: the one of ours that is wanted most. */
function wanted(header = ''): Locale | undefined {
  const ranges = header.split(',').map((range) => {
    const [language = '', ...parameters] = range.split(';').map((part) => part.trim())
    const weight = parameters.find((parameter) => parameter.startsWith('q='))
    return { language: language.slice(0, 2).toLowerCase(), weight: Number(weight?.slice(2) ?? 1) }
  })
  const ours = ranges.flatMap(({ language, weight }) => {
    const locale = locales.find((each) => each === language)
    return locale && weight > 0 ? [{ locale, weight }] : []
  })
  return ours.sort((a, b) => b.weight - a.weight)[0]?.locale
}
