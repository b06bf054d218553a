import { accountTexts } from './account.ts'
import { administrationTexts } from './administration.ts'
import { auditTexts } from './audit.ts'
import { common } from './common.ts'
import { companyTexts } from './companies.ts'
import { companyFields } from './companies-fields.ts'
import { devices } from './devices.ts'
import { devicesList } from './devices-list.ts'
import { devicesOne } from './devices-one.ts'
import { devicesQueue } from './devices-queue.ts'
import { devicesStory } from './devices-story.ts'
import { discovered } from './discovered.ts'
import { doorTexts } from './door.ts'
import { homeTexts } from './home.ts'
import { importTexts } from './imports.ts'
import { install } from './install.ts'
import { keys } from './keys.ts'
import { lineTexts } from './lines.ts'
import { moveTexts } from './moves.ts'
import { peopleTexts } from './people.ts'
import { pickup } from './pickup.ts'
import { serverTexts } from './server.ts'
import { siteTexts } from './sites.ts'
import type { Locale, Text } from './written.ts'

const areas = [
  common,
  devices,
  homeTexts,
  lineTexts,
  siteTexts,
  install,
  pickup,
  keys,
  devicesList,
  devicesOne,
  devicesQueue,
  devicesStory,
  discovered,
  doorTexts,
  accountTexts,
  administrationTexts,
  peopleTexts,
  companyTexts,
  companyFields,
  moveTexts,
  importTexts,
  auditTexts,
  serverTexts,
]

/** All texts of the portal. A key belongs to one area only. */
export const catalogue: Readonly<Record<Locale, Readonly<Record<string, Text>>>> = {
  fr: joined('fr'),
  en: joined('en'),
}

function joined(locale: Locale): Readonly<Record<string, Text>> {
  const all = new Map<string, Text>()
  for (const area of areas) {
    for (const [key, text] of Object.entries(area[locale])) {
      if (all.has(key)) throw new Error(`the text ${key} is written twice`)
      all.set(key, locale === 'fr' ? typeset(text) : text)
    }
  }
  return Object.fromEntries(all)
}

/** In French a sign of two parts keeps to the word before it, and a line never begins with one. */
function typeset(text: Text): Text {
  const set = (written: string) => written.replaceAll(/ (?=[:;!?»])|(?<=«) /g, '\u00a0')
  return typeof text === 'string' ? set(text) : { one: set(text.one), other: set(text.other) }
}
