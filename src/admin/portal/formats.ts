import parsePhoneNumber from 'libphonenumber-js/min'
import { formatMac } from '../../domain/mac.ts'
import type { Locale } from './texts/written.ts'

/** Making one takes longer than a page does; there are no more than languages and zones. */
const dateFormats = new Map<string, Intl.DateTimeFormat>()
const agoFormats = {
  fr: new Intl.RelativeTimeFormat('fr', { numeric: 'auto' }),
  en: new Intl.RelativeTimeFormat('en', { numeric: 'auto' }),
}

/** The units of "3 hours ago", with how many seconds they have. */
const units = [
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
  ['second', 1],
] as const

/** A moment of an operation's answer, as a person writes it, in the zone given or that of the server's host. */
export function shownDate(locale: Locale, at: string, timeZone?: string): string {
  return dateFormat(locale, timeZone, { timeStyle: 'short' }).format(new Date(at))
}

/** The day alone, where the hour says nothing. */
export function shownDay(locale: Locale, at: string, timeZone?: string): string {
  return dateFormat(locale, timeZone, {}).format(new Date(at))
}

function dateFormat(
  locale: Locale,
  timeZone: string | undefined,
  time: { readonly timeStyle?: 'short' },
): Intl.DateTimeFormat {
  const key = `${locale} ${timeZone ?? ''} ${time.timeStyle ?? ''}`
  const language = locale === 'fr' ? 'fr' : 'en-GB'
  const zone = timeZone === undefined ? {} : { timeZone }
  const format =
    dateFormats.get(key) ?? new Intl.DateTimeFormat(language, { dateStyle: 'long', ...time, ...zone })
  dateFormats.set(key, format)
  return format
}

export function shownAgo(locale: Locale, at: string, now: number): string {
  const seconds = Math.round((Date.parse(at) - now) / 1000)
  const [unit, size] = units.find(([, size]) => Math.abs(seconds) >= size) ?? ['second', 1]
  return agoFormats[locale].format(Math.trunc(seconds / size), unit)
}

/** A French reader knows French numbers as they are dialled; everything else is written as from abroad. */
export function shownNumber(locale: Locale, number: string): string {
  const parsed = number.startsWith('+') ? parsePhoneNumber(number) : undefined
  if (!parsed) return number
  const isHome = locale === 'fr' && parsed.country === 'FR'
  return isHome ? parsed.formatNational() : parsed.formatInternational()
}

export function shownMac(mac: string): string {
  return formatMac(mac)
}
