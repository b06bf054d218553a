import { catalogue } from '../../devices/catalogue.ts'
import type { Locale } from '../../domain/intent.ts'
import type { ModelKind } from '../../domain/model.ts'
import { fieldsOf, sheetNames, type TableKind, titles } from './columns.ts'

/** Any model does for an example; the first with many keys shows most. */
function modelOf(kind: ModelKind, keys: number): string {
  return catalogue.models.find((model) => model.kind === kind && (model.keys ?? 0) >= keys)?.id ?? ''
}

const phone = modelOf('phone', 40)
const adapter = modelOf('ata', 0)

/** The words of the examples that are not the same in both languages. */
const words: Readonly<
  Record<Locale, Readonly<Record<'fixed' | 'analog' | 'shortcut' | 'services', string>>>
> = {
  fr: { fixed: 'fixe', analog: 'analogique', shortcut: 'raccourci', services: 'Services de la ville' },
  en: { fixed: 'fixed', analog: 'analog', shortcut: 'shortcut', services: 'City services' },
}

const person = ['Stéphane', 'Biel', '', 'stephane@example.net', '1073', '', '']
const fax = ['', '', 'FAX MKT', '', '', '', '']

const examples: Readonly<Record<TableKind, (locale: Locale) => readonly (readonly string[])[]>> = {
  lines: (locale) => [
    ['Toine Immo', '+33483050173', words[locale].fixed, 'Grasse', ...person, phone, '64:16:7f:b2:69:d6'],
    [
      'Toine Immo',
      '+33483050199',
      words[locale].analog,
      'Grasse',
      ...fax,
      adapter,
      '00:90:8f:00:00:01',
      '1',
      'fax',
    ],
  ],
  keys: (locale) => [
    ['Toine Immo', '+33483050173', '1', 'supervision', '+33483050190', ''],
    ['Toine Immo', '+33483050173', '2', words[locale].shortcut, '3899', words[locale].services],
    ['Toine Immo', '+33483050173', '3', 'interception', '', ''],
  ],
}

/** Titles and a few rows to be replaced by one's own. */
export function templateRows(kind: TableKind, locale: Locale): readonly (readonly string[])[] {
  const width = fieldsOf[kind].length
  const filled = examples[kind](locale).map((row) => [...row, ...Array<string>(width - row.length).fill('')])
  return [fieldsOf[kind].map((field) => titles[field][locale]), ...filled]
}

export function templateSheets(locale: Locale) {
  return (['lines', 'keys'] as const).map((kind) => ({
    name: sheetNames[kind][locale],
    rows: templateRows(kind, locale),
  }))
}
