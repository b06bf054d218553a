import { catalogue } from './texts/index.ts'
import type { Locale } from './texts/written.ts'

export type Values = Readonly<Record<string, string | number>>

const plurals = { fr: new Intl.PluralRules('fr'), en: new Intl.PluralRules('en') }
const numbers = { fr: new Intl.NumberFormat('fr'), en: new Intl.NumberFormat('en') }

/** A text in the reader's language, with values put where it says `{name}`. */
export function text(locale: Locale, key: string, values: Values = {}): string {
  const found = catalogue[locale][key]
  if (found === undefined) throw new Error(`there is no text ${key}`)
  const chosen = typeof found === 'string' ? found : found[formFor(locale, values.count)]
  return chosen.replaceAll(/\{(\w+)\}/g, (whole, name: string) => {
    const value = values[name]
    return value === undefined ? whole : typeof value === 'number' ? numbers[locale].format(value) : value
  })
}

export function hasText(key: string): boolean {
  return catalogue.fr[key] !== undefined
}

function formFor(locale: Locale, count: string | number | undefined): 'one' | 'other' {
  return plurals[locale].select(Number(count ?? 0)) === 'one' ? 'one' : 'other'
}
