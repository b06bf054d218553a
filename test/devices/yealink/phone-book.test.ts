import fc from 'fast-check'
import { expect, test } from 'vitest'
import { create } from 'xmlbuilder2'
import type { PhoneBookEntry } from '../../../src/devices/driver.ts'
import { yealink } from '../../../src/devices/yealink/index.ts'
import type { DeviceIntent } from '../../../src/domain/device-intent.ts'
import { configuration, device, model, phone, server } from './fixtures.ts'
import { parse } from './parse.ts'

function written(entries: readonly PhoneBookEntry[]): string {
  const file = yealink.phoneBook?.render(entries)
  expect(file?.contentType).toBe('text/xml; charset=utf-8')
  return file?.body ?? ''
}

interface Node {
  readonly nodeName: string
  readonly nodeType: number
  readonly textContent: string | null
  readonly childNodes: Iterable<Node>
}

const elements = (of: Node) => [...of.childNodes].filter(({ nodeType }) => nodeType === 1)

/** The entries as a reader sees them; throws on anything that is not XML. */
function read(body: string): readonly (readonly (readonly [string, string | null])[])[] {
  const root = create(body).root().node as unknown as Node
  expect(root.nodeName).toBe('YealinkIPPhoneDirectory')
  return elements(root).map((entry) => {
    expect(entry.nodeName).toBe('DirectoryEntry')
    return elements(entry).map(({ nodeName, textContent }) => [nodeName, textContent] as const)
  })
}

function told(of: DeviceIntent, facts = server): readonly (readonly [string, string])[] {
  return parse(configuration(of, facts)).entries.filter(([name]) => name.includes('remote_phonebook'))
}

const slots = ['url', 'name', 'username', 'password']
const emptied = (places: readonly number[]) =>
  places.flatMap((n) => slots.map((field) => [`remote_phonebook.data.${n}.${field}`, '%NULL%']))

test('a directory is a name and its numbers, an entry each', () => {
  const body = written([
    { name: 'Stéphane Biel', numbers: ['+33483050173', '173'] },
    { name: 'Accueil', numbers: ['+33483050174'] },
  ])
  expect(body).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<YealinkIPPhoneDirectory>
  <DirectoryEntry>
    <Name>Stéphane Biel</Name>
    <Telephone>+33483050173</Telephone>
    <Telephone>173</Telephone>
  </DirectoryEntry>
  <DirectoryEntry>
    <Name>Accueil</Name>
    <Telephone>+33483050174</Telephone>
  </DirectoryEntry>
</YealinkIPPhoneDirectory>`)
  expect(read(written([]))).toEqual([])
})

test.each([
  ['Dupont & fils', 'Dupont & fils'],
  ['<b>Chef</b>', '<b>Chef</b>'],
  [']]>', ']]>'],
  ['&amp; &lt;', '&amp; &lt;'],
  ['<!-- --> "x" \'y\'', '<!-- --> "x" \'y\''],
  ['Zoé 🙂 مرحبا', 'Zoé 🙂 مرحبا'],
  ['two\r\nlines\u2028three', 'two lines three'],
  [' bell\u0007 \ud800\ufffe\uffff', 'bell'],
])('%j is read as %j', (name, shown) => {
  expect(read(written([{ name, numbers: ['1'] }]))).toEqual([
    [
      ['Name', shown],
      ['Telephone', '1'],
    ],
  ])
})

test('a reference that somebody typed is a text like any other', () => {
  const body = written([{ name: '&#0;&#x41; &lt; &x;', numbers: ['1'] }])
  expect(body).toContain('<Name>&amp;#0;&amp;#x41; &amp;lt; &amp;x;</Name>')
})

test('no text becomes an element, and each stays on one line', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc
      .array(fc.constantFrom('<', '>', '&', ']]>', '</Name>', '<Name>', '\n', '\0', '\ud800', '\ufffe', '🙂'))
      .map((parts) => parts.join('')),
  )
  fc.assert(
    fc.property(text, text, (name, number) => {
      const [entry = []] = read(written([{ name, numbers: [number] }]))
      expect(entry.map(([element]) => element)).toEqual(['Name', 'Telephone'])
      for (const [, shown] of entry) expect(shown ?? '').not.toMatch(/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]/u)
    }),
    { numRuns: 150 },
  )
})

test.each([
  ['fr', 'Annuaire'],
  ['en', 'Directory'],
] as const)('a phone (%s) fetches it with its account, from the first place', (locale, name) => {
  expect(told(phone('yealink/t54w', [], 1, { locale }))).toEqual([
    ['features.remote_phonebook.enable', '1'],
    ['remote_phonebook.data.1.url', `${server.url}001565aabbcc-phonebook.xml`],
    ['remote_phonebook.data.1.name', name],
    ['remote_phonebook.data.1.username', '001565aabbcc'],
    ['remote_phonebook.data.1.password', 'device-password'],
    ...emptied([2, 3, 4, 5]),
  ])
})

test('a phone without an account asks without one', () => {
  const values = new Map(told(phone('yealink/t28p'), { url: server.url, generation: 1 }))
  expect(values.get('remote_phonebook.data.1.url')).toContain('-phonebook.xml')
  for (const field of ['username', 'password'])
    expect(values.get(`remote_phonebook.data.1.${field}`)).toBe('%NULL%')
})

test.each([
  ['a neutral phone', device(model('yealink/t54w'), { ports: [] })],
  ['a base', device(model('yealink/w60b'))],
  ['a multi-cell system', device(model('yealink/w80b'))],
])('%s has none', (_, of) => {
  expect(told(of)).toEqual([['features.remote_phonebook.enable', '0'], ...emptied([1, 2, 3, 4, 5])])
})
