import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { catalogue } from '../../src/devices/catalogue.ts'
import type { Keys, Shortcut } from '../../src/domain/intent.ts'
import { capacity, fitKeys, keySlots, layKeys, maxSupervision } from '../../src/domain/key-layout.ts'
import type { Model } from '../../src/domain/model.ts'

const phones = catalogue.models.filter((model) => (model.keys ?? 0) > 0)
const model = (id: string): Model => {
  const found = catalogue.find(id)
  if (!found) throw new Error(id)
  return found
}

describe('capacity', () => {
  it.each([
    ['polycom/vvx-450', [], 47],
    ['polycom/vvx-450', ['em50'], 101],
    ['polycom/vvx-250', [], 15],
    ['poly/edge-e220', [], 15],
    ['yealink/w52p', [], 0],
    ['polycom/soundstation-ip-5000', [], 0],
    ['audiocodes/mp-202b', [], undefined],
    ['yealink/t54w', ['exp50'], 86],
  ])('of %s with %j is %s', (id, expansion, keys) => {
    expect(capacity(model(id), expansion)).toBe(keys)
  })
})

describe('the order of keys', () => {
  it('is own line, supervision, shortcuts, without gaps', () => {
    const keys = layKeys(
      model('polycom/vvx-250'),
      [],
      ['+331', '+332'],
      [{ number: '3899', label: 'Ville' }, 'interception'],
    )
    expect(keys.map((key) => [key.slot.number, key.role])).toEqual([
      [1, 'line'],
      [2, 'supervision'],
      [3, 'supervision'],
      [4, 'shortcut'],
      [5, 'interception'],
    ])
  })

  it('goes on from the phone to its first and second module', () => {
    const slots = keySlots(model('yealink/t54w'), ['exp50', 'exp50'])
    expect(slots[26]).toEqual({ number: 27, module: 0, key: 27 })
    expect(slots[27]).toEqual({ number: 28, module: 1, key: 1 })
    expect(slots[87]).toEqual({ number: 88, module: 2, key: 1 })
    expect(slots).toHaveLength(27 + 60 + 60)
  })

  it('is empty where a model has no keys', () => {
    expect(layKeys(model('audiocodes/mp-202b'), [], [], [])).toEqual([])
    expect(layKeys(model('yealink/w60b'), [], [], [])).toEqual([])
  })
})

/** What a manager does to the keys of a phone, one step after the other. */
type Step =
  | { do: 'supervise'; at: number }
  | { do: 'shortcut'; at: number }
  | { do: 'intercept' }
  | { do: 'remove'; at: number }
  | { do: 'move'; from: number; to: number }
  | { do: 'model'; model: Model; modules: number }

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ do: fc.constant('supervise' as const), at: fc.nat(50) }),
  fc.record({ do: fc.constant('shortcut' as const), at: fc.nat(50) }),
  fc.record({ do: fc.constant('intercept' as const) }),
  fc.record({ do: fc.constant('remove' as const), at: fc.nat(100) }),
  fc.record({ do: fc.constant('move' as const), from: fc.nat(50), to: fc.nat(50) }),
  fc.record({ do: fc.constant('model' as const), model: fc.constantFrom(...phones), modules: fc.nat(3) }),
)

interface Phone {
  keys: Keys
  model: Model
  expansion: readonly string[]
}

function take(phone: Phone, step: Step, serial: number): Phone {
  const supervision = [...phone.keys.supervision]
  const shortcuts: Shortcut[] = [...phone.keys.shortcuts]
  switch (step.do) {
    case 'supervise':
      if (supervision.length < maxSupervision) supervision.splice(step.at, 0, `+331000${serial}`)
      break
    case 'shortcut':
      shortcuts.splice(step.at, 0, { number: String(serial), label: `Key ${serial}` })
      break
    case 'intercept':
      if (!shortcuts.includes('interception')) shortcuts.push('interception')
      break
    case 'remove':
      if (step.at < supervision.length) supervision.splice(step.at, 1)
      else shortcuts.splice(step.at - supervision.length, 1)
      break
    case 'move':
      supervision.splice(step.to, 0, ...supervision.splice(step.from, 1))
      break
    case 'model': {
      const [name, module] = Object.entries(step.model.expansions ?? {})[0] ?? []
      const expansion = name && module ? Array(Math.min(step.modules, module.max)).fill(name) : []
      return { keys: fitKeys(phone.keys, step.model, expansion).kept, model: step.model, expansion }
    }
  }
  return { ...phone, keys: fitKeys({ supervision, shortcuts }, phone.model, phone.expansion).kept }
}

describe('whatever a manager does', () => {
  it('the line comes first, supervision before shortcuts, no gap, nothing beyond the model', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 120 }), (steps) => {
        let phone: Phone = {
          keys: { supervision: [], shortcuts: [] },
          model: model('polycom/vvx-450'),
          expansion: [],
        }
        for (const [serial, next] of steps.entries()) {
          const before = phone
          phone = take(phone, next, serial)
          const laid = layKeys(phone.model, phone.expansion, phone.keys.supervision, phone.keys.shortcuts)
          const order = { line: 0, supervision: 1, shortcut: 2, interception: 2 }
          expect(laid.map((key) => key.slot.number)).toEqual(laid.map((_, i) => i + 1))
          const ranks = laid.map((key) => order[key.role])
          expect(ranks).toEqual([...ranks].sort((a, b) => a - b))
          expect(laid.filter((key) => key.role === 'line')).toHaveLength(1)
          expect(laid.filter((key) => key.role === 'supervision').length).toBeLessThanOrEqual(maxSupervision)
          expect(laid.filter((key) => key.role === 'interception').length).toBeLessThanOrEqual(1)
          expect(laid.length - 1).toBe(phone.keys.supervision.length + phone.keys.shortcuts.length)
          expect(laid.length - 1).toBeLessThanOrEqual(capacity(phone.model, phone.expansion) ?? 0)
          if (next.do === 'model') {
            const were = [...before.keys.supervision, ...before.keys.shortcuts]
            const are = [...phone.keys.supervision, ...phone.keys.shortcuts]
            expect(are).toEqual(were.slice(0, are.length))
          }
        }
      }),
      { numRuns: 300 },
    )
  })

  it('what a smaller model drops and what it keeps are together what there was', () => {
    fc.assert(
      fc.property(fc.nat(45), fc.nat(60), fc.constantFrom(...phones), (watched, dialled, phone) => {
        const keys: Keys = {
          supervision: Array.from({ length: watched }, (_, i) => `+33${i}`),
          shortcuts: Array.from({ length: dialled }, (_, i) => ({ number: `${i}`, label: `${i}` })),
        }
        const { kept, dropped } = fitKeys(keys, phone, [])
        expect([...kept.supervision, ...dropped.supervision]).toEqual(keys.supervision)
        expect([...kept.shortcuts, ...dropped.shortcuts]).toEqual(keys.shortcuts)
        if (dropped.supervision.length > 0) expect(kept.shortcuts).toEqual([])
      }),
    )
  })
})
