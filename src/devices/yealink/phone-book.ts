import { create } from 'xmlbuilder2'
import type { DeviceIntent } from '../../domain/device-intent.ts'
import type { Locale } from '../../domain/intent.ts'
import type { PhoneBook, PhoneBookEntry, ServerFacts } from '../driver.ts'
import { dialectOf } from './dialect.ts'
import { type Entry, flag, nothing, numbers, orNothing } from './entry.ts'
import { type Lines, lines } from './lines.ts'

/** Remote phone books a device may have kept from an earlier server. */
const places = 5

/** What the directory is called in the phone's menu. */
const titles: Readonly<Record<Locale, string>> = { fr: 'Annuaire', en: 'Directory' }

/**
 * The company's directory in the first place, the others emptied. The phone fetches it when somebody opens it: a
 * renamed colleague is no change of the phone's own files. Handsets read another form, and a base has no menu to show
 * this one in.
 */
export function phoneBookSettings(device: DeviceIntent, server: ServerFacts): Lines {
  const shown = device.ports.length > 0 && dialectOf(device).layout === 'phone'
  const own: readonly Entry[] = [
    ['features.remote_phonebook.enable', flag(shown)],
    ...place(1, shown ? directory(device, server) : {}),
  ]
  return lines(own) + otherPlaces
}

interface Directory {
  readonly url?: string
  readonly name?: string
  readonly username?: string | undefined
  readonly password?: string | undefined
}

function directory(device: DeviceIntent, { url, account }: ServerFacts): Directory {
  return {
    url: url + phoneBookName(device.mac),
    name: titles[device.locale],
    username: account?.user,
    password: account?.password,
  }
}

function place(n: number, { url, name, username, password }: Directory): readonly Entry[] {
  return [
    [`remote_phonebook.data.${n}.url`, url ?? nothing],
    [`remote_phonebook.data.${n}.name`, name ?? nothing],
    [`remote_phonebook.data.${n}.username`, orNothing(username)],
    [`remote_phonebook.data.${n}.password`, orNothing(password)],
  ]
}

const otherPlaces = lines(
  numbers(places)
    .slice(1)
    .flatMap((n) => place(n, {})),
)

/** The address in the name makes it the device's own file: who it is decides whether it may read it. */
function phoneBookName(mac: string): string {
  return `${mac}-phonebook.xml`
}

export const phoneBook: PhoneBook = {
  name: phoneBookName,
  render: (entries) => ({ contentType: 'text/xml; charset=utf-8', body: written(entries) }),
}

function written(entries: readonly PhoneBookEntry[]): string {
  const root = create({ encoding: 'UTF-8' }).ele('YealinkIPPhoneDirectory')
  for (const { name, numbers } of entries) {
    const entry = root.ele('DirectoryEntry')
    entry.ele('Name').txt(content(name))
    for (const number of numbers) entry.ele('Telephone').txt(content(number))
  }
  return root.end({ prettyPrint: true })
}

/** The library takes an `&#0;` that somebody typed for a reference of ours and leaves it: no ampersand is left to it. */
function content(text: string): string {
  return oneLine(text).replaceAll('&', '&amp;')
}

/** What XML cannot hold even escaped, besides control characters: lone surrogates and two non-characters. */
const unfit = /[\p{Cc}\p{Cs}\ufffe\uffff]+/gu

/** A name is one line of the phone's list. */
function oneLine(text: string): string {
  return text
    .replace(/[\s\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(unfit, '')
    .trim()
}
