import type { Locale } from '../../domain/intent.ts'
import { fieldsOf, sheetNames, type TableKind, titles } from './columns.ts'

const examples: Readonly<Record<Locale, Readonly<Record<TableKind, readonly (readonly string[])[]>>>> = {
  fr: {
    lines: [
      [
        'Toine Immo',
        '+33483050173',
        'fixe',
        'Grasse',
        'Stéphane',
        'Biel',
        '',
        'stephane@example.net',
        '1073',
        '',
        '',
        'polycom/vvx-450',
        '64:16:7f:b2:69:d6',
      ],
      [
        'Toine Immo',
        '+33483050199',
        'analogique',
        'Grasse',
        '',
        '',
        'FAX MKT',
        '',
        '',
        '',
        '',
        'audiocodes/mp-202b',
        '00:90:8f:00:00:01',
        '1',
        'fax',
      ],
    ],
    keys: [
      ['Toine Immo', '+33483050173', '1', 'supervision', '+33483050190', ''],
      ['Toine Immo', '+33483050173', '2', 'raccourci', '3899', 'Services de la ville'],
      ['Toine Immo', '+33483050173', '3', 'interception', '', ''],
    ],
  },
  en: {
    lines: [
      [
        'Toine Immo',
        '+33483050173',
        'fixed',
        'Grasse',
        'Stéphane',
        'Biel',
        '',
        'stephane@example.net',
        '1073',
        '',
        '',
        'polycom/vvx-450',
        '64:16:7f:b2:69:d6',
      ],
      [
        'Toine Immo',
        '+33483050199',
        'analog',
        'Grasse',
        '',
        '',
        'FAX MKT',
        '',
        '',
        '',
        '',
        'audiocodes/mp-202b',
        '00:90:8f:00:00:01',
        '1',
        'fax',
      ],
    ],
    keys: [
      ['Toine Immo', '+33483050173', '1', 'supervision', '+33483050190', ''],
      ['Toine Immo', '+33483050173', '2', 'shortcut', '3899', 'City services'],
      ['Toine Immo', '+33483050173', '3', 'interception', '', ''],
    ],
  },
}

/** Titles and a few rows to be replaced by one's own. */
export function templateRows(kind: TableKind, locale: Locale): readonly (readonly string[])[] {
  const width = fieldsOf[kind].length
  const filled = examples[locale][kind].map((row) => [...row, ...Array<string>(width - row.length).fill('')])
  return [fieldsOf[kind].map((field) => titles[field][locale]), ...filled]
}

export function templateSheets(locale: Locale) {
  return (['lines', 'keys'] as const).map((kind) => ({
    name: sheetNames[kind][locale],
    rows: templateRows(kind, locale),
  }))
}
