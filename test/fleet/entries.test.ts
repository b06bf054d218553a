import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { readEntries } from '../../src/fleet/entries.ts'
import { FleetFailure } from '../../src/fleet/failure.ts'
import { maxFileBytes, parseFleetText } from '../../src/fleet/parse.ts'
import { fleetJsonSchema } from '../../src/fleet/schema.ts'

const read = (text: string) => readEntries(parseFleetText(Buffer.from(text)))
const problems = (text: string) =>
  read(text).problems.map(({ code, path, right }) => `${code} ${path} → ${right}`)
const line = (fields: string) =>
  `companies: [{ name: A, sip: { domain: x.net }, sites: [{ name: S }], lines: [{ number: "+33483050173", kind: fixed, site: S, ${fields} }] }]`
const failure = (bytes: Uint8Array): FleetFailure => {
  try {
    parseFleetText(bytes)
  } catch (error) {
    if (error instanceof FleetFailure) return error
    throw error
  }
  throw new Error('the file was accepted')
}

describe('the sample fleet', () => {
  it('is read without a fault', () => {
    const entries = readEntries(parseFleetText(readFileSync('examples/toine-immo.yaml')))
    expect(entries.problems).toEqual([])
    expect(entries.companies.map((part) => [part.entry.name, part.lines?.length])).toEqual([
      ['Toine Immo', 15],
      ['Menuiserie Aubert', 2],
    ])
  })
})

describe('a fault in the shape', () => {
  it.each([
    [
      'unknown field',
      line('suprevision: []'),
      [
        'unknown-field companies[0].lines[0].suprevision → the fields here are number, kind, site, firstName, lastName, name, email, shortNumber, internetAccess, sip, equipment, keys',
      ],
    ],
    [
      'mistyped field',
      line('keys: { suprevision: [] }'),
      ['unknown-field companies[0].lines[0].keys.suprevision → did you mean supervision?'],
    ],
    [
      'unquoted number',
      line('shortNumber: 1073'),
      ['wrong-type companies[0].lines[0].shortNumber → put quotes around it, as you wrote it'],
    ],
    [
      'mistyped kind',
      line('').replace('kind: fixed', 'kind: fixd'),
      [
        'unknown-value companies[0].lines[0].kind → did you mean fixed? Possible are fixed, analog, mobile, fixed-for-mobile, call-group, voice-menu',
      ],
    ],
    [
      'missing kind',
      line('').replace('kind: fixed, ', ''),
      ['missing-field companies[0].lines[0].kind → add it'],
    ],
    ['list for text', line('email: [a]'), ['wrong-type companies[0].lines[0].email → write a text']],
    [
      'strange shortcut',
      line('keys: { shortcuts: [intercept] }'),
      [
        'wrong-type companies[0].lines[0].keys.shortcuts[0] → write interception, or { number: "3899", label: Services }',
      ],
    ],
    [
      'wrong MAC',
      line('equipment: { model: m, mac: "x" }'),
      ['mac-invalid companies[0].lines[0].equipment.mac → write 12 hex digits, as in 64:16:7f:b2:69:d6'],
    ],
    ['no companies', '[]', ['wrong-type companies → begin it with `companies:` and a list of them']],
    ['a second top', 'companies: []\nfleet: 1', ['unknown-field fleet → the only field here is companies']],
    [
      'lines as text',
      'companies: [{ name: A, lines: x }]',
      ['wrong-type companies[0].lines → write lines: and its items below, each beginning with "- "'],
    ],
  ])('%s', (_, text, expected) => expect(problems(text)).toEqual(expected))

  it('hides no other', () => {
    const text = `companies:
  - { name: A, locale: xx, lines: [{ number: "1" }, { number: "+33483050173", kind: fixed, site: S, foo: 1 }] }
  - { name: 3 }`
    expect(read(text).problems.map((problem) => problem.path)).toEqual([
      'companies[0].locale',
      'companies[0].lines[0].kind',
      'companies[0].lines[0].site',
      'companies[0].lines[1].foo',
      'companies[1].name',
    ])
  })

  it('prototype names are only unknown fields', () => {
    expect(problems(line('__proto__: { x: 1 }')).join()).toContain(
      'unknown-field companies[0].lines[0].__proto__',
    )
    expect(problems(line('constructor: 1')).join()).toContain(
      'unknown-field companies[0].lines[0].constructor',
    )
  })
})

describe('numbers', () => {
  it('are kept in one form', () => {
    const entries = read(
      line('keys: { supervision: ["04 83 05 01 74"], shortcuts: [{ number: "06.13.45.67.82", label: x }] }'),
    )
    expect(entries.companies[0]?.lines?.[0]?.entry.keys).toEqual({
      supervision: ['+33483050174'],
      shortcuts: [{ number: '+33613456782', label: 'x' }],
    })
  })
})

describe('a file that cannot be read at all', () => {
  it('malformed YAML names line and column', () => {
    expect(failure(Buffer.from('companies:\n  - name: "A\n'))).toMatchObject({
      code: 'yaml-syntax',
      message: expect.stringMatching(/line \d+, column \d+/),
    })
  })
  it('the same key twice', () =>
    expect(failure(Buffer.from('companies: []\ncompanies: []')).code).toBe('yaml-syntax'))
  it('not UTF-8', () => expect(failure(Buffer.from([0x63, 0xff, 0xfe])).code).toBe('file-encoding'))
  it('too large', () => expect(failure(Buffer.alloc(maxFileBytes + 1, 32)).code).toBe('file-too-large'))
  it('a billion laughs', () => {
    const levels = Array.from(
      { length: 9 },
      (_, i) => `a${i + 1}: &a${i + 1} [${Array(9).fill(`*a${i}`).join(', ')}]`,
    )
    expect(
      failure(Buffer.from(['a0: &a0 [lol, lol, lol]', ...levels, 'companies: *a9'].join('\n'))).code,
    ).toBe('file-too-large')
  })
  it('nested without end', () => expect(failure(Buffer.from('['.repeat(100_000))).code).toBe('yaml-syntax'))
  it('a byte order mark is no fault', () => expect(problems('\ufeffcompanies: []')).toEqual([]))
})

describe('the JSON Schema', () => {
  it('that is shipped is the one the code checks by', () => {
    expect(JSON.parse(readFileSync('schema/fleet.schema.json', 'utf8'))).toEqual(
      JSON.parse(JSON.stringify(fleetJsonSchema())),
    )
  })
})
