import type { Locale } from '../../domain/intent.ts'

/** What a device needs to know of a country: its tones by name, and how its telephone network speaks. */
export interface Country {
  /** The name in the phones' `voip/regional_settings/selected_country`. */
  readonly name: string
  /** The gateways' `CallerIDType`: 0 Bellcore, 1 ETSI, 4 British, 18 India, 19 Brazil. */
  readonly callerIdType: number
  /** The companding law of its fixed network: µ-law in North America, A-law nearly everywhere else. */
  readonly law: 'a-law' | 'mu-law'
}

const etsi = { callerIdType: 1, law: 'a-law' } as const

const france: Country = { name: 'France', ...etsi }
const unitedKingdom: Country = { name: 'UK', callerIdType: 4, law: 'a-law' }

/** The countries the phones know, with the time zones they are told by. */
const countries: readonly (readonly [Country, ...string[]])[] = [
  [
    france,
    'Europe/Paris',
    'Europe/Monaco',
    'America/Cayenne',
    'America/Guadeloupe',
    'America/Martinique',
    'America/Miquelon',
    'Indian/Mayotte',
    'Indian/Reunion',
    'Pacific/Noumea',
    'Pacific/Tahiti',
  ],
  [unitedKingdom, 'Europe/London', 'Europe/Jersey', 'Europe/Guernsey', 'Europe/Isle_of_Man'],
  [{ name: 'Germany', ...etsi }, 'Europe/Berlin'],
  [{ name: 'Italy', ...etsi }, 'Europe/Rome'],
  [{ name: 'Netherlands', ...etsi }, 'Europe/Amsterdam'],
  [{ name: 'Portugal', ...etsi }, 'Europe/Lisbon', 'Atlantic/Madeira', 'Atlantic/Azores'],
  [{ name: 'Russia', ...etsi }, 'Europe/Moscow'],
  [{ name: 'Israel', ...etsi }, 'Asia/Jerusalem'],
  [{ name: 'India', callerIdType: 18, law: 'a-law' }, 'Asia/Kolkata', 'Asia/Calcutta'],
  [{ name: 'China', ...etsi }, 'Asia/Shanghai'],
  [{ name: 'Brazil', callerIdType: 19, law: 'a-law' }, 'America/Sao_Paulo'],
  [{ name: 'Argentina', ...etsi }, 'America/Argentina/Buenos_Aires', 'America/Buenos_Aires'],
  [{ name: 'Australia', ...etsi }, 'Australia/Sydney', 'Australia/Melbourne', 'Australia/Perth'],
  [
    { name: 'USA', callerIdType: 0, law: 'mu-law' },
    'America/New_York',
    'America/Chicago',
    'America/Denver',
    'America/Phoenix',
    'America/Los_Angeles',
    'America/Anchorage',
    'Pacific/Honolulu',
  ],
]

const byZone = new Map(
  countries.flatMap(([country, ...zones]) => zones.map((zone) => [zone, country] as const)),
)

/** The country a site is in, by its time zone; elsewhere the nearest to what the company speaks. */
export function countryOf(timezone: string, locale: Locale): Country {
  return byZone.get(timezone) ?? (locale === 'fr' ? france : unitedKingdom)
}
