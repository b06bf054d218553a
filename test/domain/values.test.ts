import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { catalogue } from '../../src/devices/catalogue.ts'
import { checkMaker, formatMac, parseMac } from '../../src/domain/mac.ts'
import { nearest } from '../../src/domain/nearest.ts'
import { normaliseNumber, parseLineNumber } from '../../src/domain/phone-number.ts'
import { checkGroupName, checkLabel, withArticle } from '../../src/domain/text-rules.ts'

describe('a MAC address', () => {
  it.each([
    '64167fb269d6',
    '64:16:7F:B2:69:D6',
    '6416.7fb2.69d6',
    '64-16-7f-b2-69-d6',
    ' 64167FB269D6 ',
    '64 16 7f b2 69 d6',
    '6416-7fb2-69d6',
  ])('is read from %s', (text) => expect(parseMac(text, 'mac')).toEqual({ mac: '64167fb269d6' }))

  it.each([
    ['01:00:5e:00:00:01', /multicast/],
    ['00:00:00:00:00:00', /no device/],
    ['ff:ff:ff:ff:ff:ff', /no device/],
    ['64:16:7f:b2:69', /not a MAC/],
    ['64:16:7f:b2:69:d6:00', /not a MAC/],
    ['64:16:7f:b2:69:dg', /not a MAC/],
    ['6:4167fb269d6', /not a MAC/],
    ['64:16-7f:b2:69:d6', /not a MAC/],
    ['', /not a MAC/],
  ])('is refused: %s', (text, wrong) => {
    const result = parseMac(text, 'lines[0].mac')
    expect(result).toMatchObject({
      problem: { code: 'mac-invalid', path: 'lines[0].mac', severity: 'error' },
    })
    expect('problem' in result && result.problem.wrong).toMatch(wrong)
  })

  it('survives being written for people', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 6, maxLength: 6 }), (bytes) => {
        const mac = Buffer.from([(bytes[0] ?? 0) & 0xfe, ...bytes.slice(1)]).toString('hex')
        fc.pre(mac !== '000000000000')
        expect(parseMac(formatMac(mac).toUpperCase(), '')).toEqual({ mac })
      }),
    )
  })

  it("from another maker's block is a warning", () => {
    const vvx = catalogue.find('polycom/vvx-450')
    const t54w = catalogue.find('yealink/t54w')
    if (!vvx || !t54w) throw new Error('the catalogue lost a model')
    expect(checkMaker('64167fb269d6', vvx, catalogue, 'mac')).toEqual([])
    expect(checkMaker('64167fb269d6', t54w, catalogue, 'mac')).toMatchObject([
      { code: 'mac-maker', severity: 'warning' },
    ])
    expect(checkMaker('020000000001', t54w, catalogue, 'mac')).toEqual([])
  })
})

describe('a phone number', () => {
  it.each([
    ['+33483050173', '+33483050173'],
    ['04 83 05 01 73', '+33483050173'],
    ['04.83.05.01.73', '+33483050173'],
    ['+33 (0)4 83 05 01 73', '+33483050173'],
    ['+33 04 83 05 01 73', '+33483050173'],
    ['0033483050173', '+33483050173'],
    ['+1 (212) 555-0100', '+12125550100'],
    ['3899', '3899'],
    ['*98', '*98'],
    ['#31#', '#31#'],
    ['15', '15'],
    ['118 712', '118712'],
    ['hello', undefined],
    ['', undefined],
    ['+33', undefined],
    ['12\n34;56', undefined],
  ])('%j is kept as %s', (text, kept) => expect(normaliseNumber(text)).toBe(kept))

  it('of a line must be a full one', () => {
    expect(parseLineNumber('3899', 'number')).toMatchObject({ problem: { code: 'number-not-full' } })
  })

  it('kept once is kept for ever', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[+0]?[0-9 .*#-]{1,18}$/), (text) => {
        const kept = normaliseNumber(text)
        if (kept !== undefined) expect(normaliseNumber(kept)).toBe(kept)
      }),
    )
  })
})

describe('texts', () => {
  it.each(['Pierre Durand', 'a'.repeat(40), '😀'.repeat(40), '<script>&"', 'مرحبا'])(
    'a label may be %s',
    (label) => expect(checkLabel(label, '')).toEqual([]),
  )
  it.each([
    ['', 'label-empty'],
    ['a'.repeat(41), 'too-long'],
    ['a\nb', 'control-characters'],
    ['a\u0000b', 'control-characters'],
    ['a\ud800b', 'control-characters'],
    ['a\u2028b', 'control-characters'],
  ])('a label may not be %j', (label, code) =>
    expect(checkLabel(label, 'at')).toMatchObject([{ code, path: 'at' }]),
  )
  it.each(['Accueil', "Service d'été", 'R-2 nord'])('a group may be called %s', (name) =>
    expect(checkGroupName(name, '')).toEqual([]),
  )
  it.each(['', 'a/b', '<b>', 'x;y', '-a'])('a group may not be called %j', (name) =>
    expect(checkGroupName(name, '')).toMatchObject([{ code: 'group-name' }]),
  )
  it('a typing fault is guessed, nonsense is not', () => {
    expect(nearest('suprevision', ['supervision', 'shortcuts'])).toBe('supervision')
    expect(nearest('emial', ['email', 'name'])).toBe('email')
    expect(nearest('zzz', ['supervision', 'shortcuts'])).toBeUndefined()
  })
})

describe('an article', () => {
  it.each([
    ['analog line', 'an analog line'],
    ['mobile line', 'a mobile line'],
    ['audiocodes/mp-202b', 'an audiocodes/mp-202b'],
    ['AudioCodes 405HD', 'an AudioCodes 405HD'],
    ['user', 'a user'],
  ])('before %s', (word, spoken) => expect(withArticle(word)).toBe(spoken))
})
