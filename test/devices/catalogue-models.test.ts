import { describe, expect, it } from 'vitest'
import { catalogue } from '../../src/devices/catalogue.ts'
import { drivers as vendors } from '../../src/devices/vendors.ts'
import type { Shortcut } from '../../src/domain/intent.ts'
import { capacity, keySlots, layKeys } from '../../src/domain/key-layout.ts'
import type { Model } from '../../src/domain/model.ts'

const generations: Record<string, readonly string[]> = {
  polycom: ['sip3', 'ucs4', 'ucs5', 'ucs6', 'pvos', 'trio'],
  yealink: ['v7x', 'v8x', 'v84', 'dect-single', 'dect-multi'],
  audiocodes: ['hd2', 'hd3', 'mp-1xx', 'mp-20x'],
}

/** Every set of modules a model takes, kinds mixed, up to the highest number of any kind. */
function expansionMixes(model: Model): readonly (readonly string[])[] {
  const names = Object.keys(model.expansions ?? {})
  const max = Math.max(0, ...Object.values(model.expansions ?? {}).map((module) => module.max))
  let grown: (readonly string[])[] = [[]]
  const mixes = [...grown]
  for (let count = 1; count <= max; count++) {
    grown = grown.flatMap((mix) =>
      names.filter((name) => name >= (mix.at(-1) ?? '')).map((name) => [...mix, name]),
    )
    mixes.push(...grown)
  }
  return mixes
}

describe.each(catalogue.models)('$id', (model) => {
  it('is named after its maker, in lower case', () => {
    expect(model.id).toMatch(new RegExp(`^${model.maker}/[a-z0-9]+(-[a-z0-9]+)*$`))
    expect(model.label).toMatch(/^(Polycom|Poly|Yealink|AudioCodes) \S/)
    expect(catalogue.find(model.id)).toBe(model)
    if (model.userAgent) expect(catalogue.byUserAgent(model.userAgent)).toBe(model)
  })

  it('has counts that fit its kind', () => {
    expect(model.lines).toBeGreaterThanOrEqual(1)
    expect(model.ports).toBeGreaterThanOrEqual(1)
    expect(model.lines).toBeGreaterThanOrEqual(model.ports)
    if (model.kind === 'ata') {
      expect(model.keys).toBeUndefined()
      expect(model.expansions).toBeUndefined()
    } else {
      expect(model.keys).toBeGreaterThanOrEqual(0)
      expect(model.memoryKeys ?? 0).toBeLessThanOrEqual(model.keys ?? 0)
    }
    if (model.kind === 'conference' || model.kind === 'dect-base') {
      expect(model.keys).toBe(0)
      expect(model.expansions).toBeUndefined()
    }
    if (model.kind === 'phone' || model.kind === 'conference') expect(model.ports).toBe(1)
    else expect(model.ports).toBeGreaterThan(1)
    if (model.generation.startsWith('dect-')) expect(model.kind).toBe('dect-base')
  })

  it('says what is not established', () => {
    if (model.confidence === 'unsure') expect(model.note).toMatch(/\.$/)
  })

  it('places keys without a gap, the line first, and never beyond its slots', () => {
    const supervision = Array.from({ length: 400 }, (_, i) => `+3348305${String(i).padStart(4, '0')}`)
    const shortcuts: Shortcut[] = ['interception', { number: '3899', label: 'Services de la ville' }]
    for (const expansion of expansionMixes(model)) {
      const slots = keySlots(model, expansion)
      const room = capacity(model, expansion) ?? 0
      expect(room).toBe(Math.max(0, slots.length - 1))
      const ordered = Math.max(0, room - shortcuts.length)
      const exact = layKeys(model, expansion, supervision.slice(0, ordered), shortcuts.slice(0, room))
      const full = layKeys(model, expansion, supervision, shortcuts)
      for (const placed of [exact, full]) {
        expect(placed.length).toBe(slots.length)
        expect(placed.map((key) => key.slot.number)).toEqual(slots.map((_, i) => i + 1))
      }
      if (slots.length === 0) continue
      expect(exact[0]).toMatchObject({ role: 'line', slot: { number: 1, module: 0, key: 1 } })
      expect(exact.filter((key) => key.role === 'line').length).toBe(1)
      expect(Math.max(...slots.map((slot) => slot.module))).toBe(expansion.length)
    }
  })
})

describe('the vendors', () => {
  it.each(vendors)('$name uses the generations it declares, and has prefixes for its makers', (vendor) => {
    const used = new Set(vendor.models.map((model) => model.generation))
    expect([...used].sort()).toEqual([...(generations[vendor.name] ?? [])].sort())
    expect(new Set(vendor.models.map((model) => model.maker))).toEqual(new Set(Object.keys(vendor.prefixes)))
  })

  it('declare a fact as shared only where another model shares it', () => {
    for (const model of catalogue.models) {
      for (const fact of model.shares ?? []) {
        const sharers = catalogue.models.filter((other) => other[fact] === model[fact])
        expect(sharers.length, `${model.id} shares its ${fact} with nobody`).toBeGreaterThan(1)
      }
    }
  })
})
