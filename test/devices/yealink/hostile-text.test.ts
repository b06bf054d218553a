import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cfgValue } from '../../../src/devices/yealink/escape.ts'
import type { DeviceIntent } from '../../../src/domain/device-intent.ts'
import { configuration, device, model, phone, port, server } from './fixtures.ts'
import { parse, repeated } from './parse.ts'

/** Texts made of what could end a line, open a comment, or look like a parameter. */
const hostile = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: 'grapheme' }),
  fc
    .array(
      fc.constantFrom(
        '\n',
        '\r',
        '\0',
        '\u2028',
        '\u2029',
        '\u0085',
        '\ud800',
        '#',
        '"',
        ' ',
        '=',
        '\t',
        'é',
        '🙂',
        'ש',
      ),
    )
    .map((parts) => parts.join('')),
  fc.string().map((text) => `${text}\naccount.9.enable = 1\r\nstatic.security.user_password = admin:x`),
)

/** What is left of a text that went through a file: its line ends and control characters are gone. */
function plain(text: string): string {
  return text.replace(/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]/gu, '') || '%NULL%'
}

function hostilePhone(label: string, name: string, password: string): DeviceIntent {
  const quiet = phone('yealink/t54w', ['exp50'], 5)
  return {
    ...quiet,
    ports: [{ ...port(1, name), sipPassword: password }],
    keys: quiet.keys.map((key) => ({ ...key, label })),
  }
}

const expected = parse(configuration(phone('yealink/t54w', ['exp50'], 5))).entries.map(([name]) => name)

test('no text becomes a parameter, and each arrives as it was', () => {
  fc.assert(
    fc.property(hostile, hostile, hostile, (label, name, password) => {
      const body = configuration(hostilePhone(label, name, password))
      const parsed = parse(Buffer.from(body).toString('utf8'))
      expect(body.split(/\r\n|[\n\r\u2028\u2029\u0085]/).length).toBe(body.split('\n').length)
      expect(parsed.entries.map(([name]) => name)).toEqual(expected)
      expect(parsed.values.get('linekey.2.label')).toBe(plain(label))
      expect(parsed.values.get('account.1.display_name')).toBe(plain(name))
      expect(parsed.values.get('account.1.password')).toBe(plain(password))
    }),
    { numRuns: 150 },
  )
})

test("an operator's parameter replaces ours or is added, and brings no other", () => {
  fc.assert(
    fc.property(
      fc.constantFrom('linekey.3.label', 'features.hotline_number', 'unknown.to.us'),
      hostile,
      (name, value) => {
        const parsed = parse(configuration(phone('yealink/t54w', [], 5, { parameters: [[name, value]] })))
        const names = parse(configuration(phone('yealink/t54w', [], 5))).entries.map(([name]) => name)
        expect([...parsed.values.keys()].sort()).toEqual([...new Set([...names, name])].sort())
        expect(repeated(parsed)).toEqual([])
        expect(parsed.values.get(name)).toBe(plain(value))
      },
    ),
    { numRuns: 100 },
  )
})

test.each(['a = b', '#a', 'a\nb', '', '"a"', '[ account ]'])('a parameter cannot be called %j', (name) => {
  const parsed = parse(configuration(phone('yealink/t54w', [], 1, { parameters: [[name, 'x']] })))
  expect(parsed.entries).toEqual(parse(configuration(phone('yealink/t54w', [], 1))).entries)
})

test('only the passwords of the web page may be repeated', () => {
  const parameters: DeviceIntent['parameters'] = [
    ['a.b', '1'],
    ['a.b', '2'],
    ['static.security.user_password', 'admin:x'],
    ['static.security.user_password', 'user:y'],
  ]
  const parsed = parse(configuration(device(model('yealink/t54w'), { parameters }), server))
  expect(repeated(parsed)).toEqual(['static.security.user_password'])
  expect(parsed.values.get('a.b')).toBe('2')
})

test.each([
  ['plain', 'plain'],
  ['Zoé Łukasz 🙂 שלום', 'Zoé Łukasz 🙂 שלום'],
  ['#98', '"#98"'],
  ['a#b', 'a#b'],
  ['"quoted"', '""quoted""'],
  ['5" screen', '5" screen'],
  [' padded ', '" padded "'],
  ['two\r\nlines', 'twolines'],
  ['\u0000', '%NULL%'],
  ['', '%NULL%'],
])('%j is written %j', (text, written) => {
  expect(cfgValue(text)).toBe(written)
})
