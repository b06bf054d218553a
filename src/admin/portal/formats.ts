import parsePhoneNumber from 'libphonenumber-js/min'
import { formatMac } from '../../domain/mac.ts'
import type { Locale } from './texts/written.ts'

const dates = {
  fr: new Intl.DateTimeFormat('fr', { dateStyle: 'long', timeStyle: 'short' }),
  en: new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeStyle: 'short' }),
}

/** The units of "3 hours ago", with how many seconds they have. */
const units = [
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
  ['second', 1],
] as const

/** A moment of an operation's answer, as a person writes it, in the time zone of the server's host or the one given. */
export function shownDate(locale: Locale, at: string, timeZone?: string): string {
  const moment = new Date(at)
  if (timeZone === undefined) return dates[locale].format(moment)
  const language = locale === 'fr' ? 'fr' : 'en-GB'
  return new Intl.DateTimeFormat(language, { dateStyle: 'long', timeStyle: 'short', timeZone }).format(moment)
}

export function shownAgo(locale: Locale, at: string, now: number): string {
  const seconds = Math.round((Date.parse(at) - now) / 1000)
  const [unit, size] = units.find(([, size]) => Math.abs(seconds) >= size) ?? ['second', 1]
  return new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(Math.trunc(seconds / size), unit)
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
