import { describe, expect, it } from 'vitest'
import { buildCatalogue } from '../../src/devices/catalogue.ts'
import { dictionary } from '../../src/devices/dictionary.ts'
import type { Vendor } from '../../src/devices/driver.ts'
import type { Model } from '../../src/domain/model.ts'

const plain: Omit<Model, 'id'> = {
  maker: 'yealink',
  label: 'A phone',
  kind: 'phone',
  keys: 4,
  lines: 1,
  ports: 1,
  generation: 'v84',
  confidence: 'verified',
}

const vendor = (models: readonly Model[], prefixes: Vendor['prefixes'] = {}): Vendor => ({
  name: 'yealink',
  models,
  prefixes,
  dictionary: dictionary([]),
})
const build = (...models: readonly Partial<Model>[]) =>
  buildCatalogue([vendor(models.map((model, i) => ({ ...plain, id: `yealink/${'abc'[i]}`, ...model })))])

describe('a catalogue that contradicts itself is not built', () => {
  it.each<[string, Partial<Model>, Partial<Model>]>([
    ['user agent name', { userAgent: 'T54W' }, { userAgent: 't54w' }],
    ['user agent name', { userAgent: 'W80B', userAgentAliases: ['W80DM'] }, { userAgent: 'W80DM' }],
    ['user agent name', { userAgentAliases: ['W80DM'] }, { userAgentAliases: ['W80DM'] }],
    ['firmware pattern', { firmware: 'a\\.rom' }, { firmware: 'a\\.rom' }],
    ['firmware pattern', { firmware: 'a\\.rom', shares: ['firmware'] }, { firmware: 'a\\.rom' }],
    ['firmware pattern', { firmware: 'a\\.rom' }, { firmware: 'a\\.rom', shares: ['firmware'] }],
    ['hardware code', { hardwareCode: '025' }, { hardwareCode: '025', shares: ['hardwareCode'] }],
    ['part number', { partNumber: '3111-48840-001' }, { partNumber: '3111-48840-001' }],
  ])('same %s: %j and %j', (what, one, other) => {
    expect(() => build(one, {}, other)).toThrow(`yealink/a and yealink/c have the same ${what}: `)
  })

  it('same id, though of two vendors', () => {
    const model = { ...plain, id: 'yealink/a' }
    expect(() => buildCatalogue([vendor([model]), vendor([model])])).toThrow(
      'yealink/a and yealink/a have the same id',
    )
  })

  it('a firmware pattern that is no regular expression', () => {
    expect(() => build({ firmware: 'T54W(' })).toThrow(
      'yealink/a has a firmware pattern that is no regular expression: T54W(',
    )
  })

  it('fewer keys than a page shows', () => {
    expect(() => build({ keys: 4, keysPerPage: 6 })).toThrow(
      'yealink/a has fewer keys (4) than one page shows (6)',
    )
  })

  it('a module without keys, or that cannot be attached', () => {
    expect(() => build({ expansions: { em60: { keys: 0, max: 1 } } })).toThrow(
      'yealink/a takes 1 × em60 of 0 keys',
    )
    expect(() => build({ expansions: { em60: { keys: 9, max: 0 } } })).toThrow('yealink/a takes 0 × em60')
  })

  it.each(['00:15:65', '0015', '00156', '0015650', '80 5ec', '805EC0', '010203', '020203', 'zz1565'])(
    'the prefix %s',
    (prefix) => {
      expect(() => buildCatalogue([vendor([], { yealink: [prefix] })])).toThrow(`${prefix} of yealink`)
    },
  )

  it('a prefix twice', () => {
    expect(() => buildCatalogue([vendor([], { yealink: ['001565', '805ec0', '001565'] })])).toThrow(
      'yealink has the prefix 001565 twice',
    )
  })
})

describe('what models may have in common', () => {
  it('is an image and a hardware code, when both say so', () => {
    const shared: Partial<Model> = {
      firmware: 'a\\.rom',
      hardwareCode: '025',
      shares: ['firmware', 'hardwareCode'],
    }
    const catalogue = build(shared, shared)
    expect(catalogue.byFirmware('a.rom').length).toBe(2)
    expect(catalogue.byHardwareCode('025').length).toBe(2)
  })

  it('is a prefix of two makers', () => {
    const catalogue = buildCatalogue([vendor([], { poly: ['64167f'], polycom: ['64167f'] })])
    expect(catalogue.makersOf('64167f000001')).toEqual(['poly', 'polycom'])
  })
})

it('keeps the models as declared', () => {
  const catalogue = build({ id: 'yealink/z' }, { id: 'yealink/a' }, { id: 'polycom/m' })
  expect(catalogue.models.map((model) => model.id)).toEqual(['yealink/z', 'yealink/a', 'polycom/m'])
})
