import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ServerFacts } from '../../../src/devices/driver.ts'
import { polycom } from '../../../src/devices/polycom/index.ts'
import type { DeviceIntent } from '../../../src/domain/device-intent.ts'
import { keySlots } from '../../../src/domain/key-layout.ts'
import type { Model } from '../../../src/domain/model.ts'
import { ca, device, keys, model, neutral, render, server } from './fixtures.ts'
import { favourites, parameters } from './parse.ts'

const facts: readonly ServerFacts[] = [
  { url: 'http://192.0.2.9:8080/', generation: 1 },
  { ...server, caPem: ca, firmware: '3111-48840-001.sip.ld' },
]

const shortcuts = Array.from({ length: 60 }, (_, i) => ({ number: `38${i}`, label: `Raccourci ${i}` }))

/** Every phone with no module, and with as many of each kind as it takes. */
function modulesOf({ expansions = {} }: Model): readonly (readonly string[])[] {
  return [[], ...Object.entries(expansions).map(([name, { max }]) => Array.from({ length: max }, () => name))]
}

function variants(of: Model): readonly DeviceIntent[] {
  const [first = [], ...others] = modulesOf(of)
  const wide = { timezone: 'America/New_York', locale: 'en', keyDuringCall: 'park' } as const
  return [
    neutral(of),
    device(of, { timezone: 'Indian/Reunion' }),
    device(of, { keys: keys(of, first, 45, ['interception', ...shortcuts]), keyDuringCall: 'transfer' }),
    device(of, { keys: keys(of, first, 1, shortcuts), ...wide }),
    ...others.map((expansion) =>
      device(of, { expansion, keys: keys(of, expansion, 45, shortcuts), ...wide }),
    ),
    ...others.map((expansion) => neutral(of, { expansion })),
  ]
}

const everything = polycom.models.map((of) => [of.id, of] as const)

describe.each(everything)('%s', (_id, of) => {
  const rendered = variants(of).flatMap((intent) =>
    facts.map((given) => {
      const files = render(intent, given)
      return { intent, files, all: parameters(files), read: favourites(files) }
    }),
  )

  it('emits only what the dictionary knows, each once', () => {
    for (const { files, all } of rendered) {
      const names = [...all.keys()]
      expect(names.filter((name) => !polycom.dictionary.has(name))).toEqual([])
      const written = files.filter(({ name }) => /-(lines|settings)\.cfg$/.test(name)).map(({ body }) => body)
      expect(written.join('').match(/^ {4}[\w.]+="/gm)).toHaveLength(names.length)
    }
  })

  it('fills its keys in order, and every slot', () => {
    for (const { intent, all } of rendered) {
      const slots = of.generation === 'sip3' ? [] : keySlots(of, intent.expansion)
      const written = slots.map(({ number }) => all.get(`lineKey.${number}.category`))
      const ordered = slots.length > 0 ? categoriesOf(intent) : []
      const free = slots.slice(ordered.length).map(() => 'Unassigned')
      expect(written).toEqual([...ordered, ...free])
      expect(all.has(`lineKey.${slots.length + 1}.category`)).toBe(false)
    }
  })

  it('watches in the order of the keys, without a gap', () => {
    for (const { intent, all } of rendered) {
      const watched = intent.keys.filter((key) => key.role === 'supervision')
      expect(watched.map((_, i) => all.get(`attendant.resourceList.${i + 1}.address`))).toEqual(
        watched.map(({ sipUser }) => sipUser),
      )
      expect(all.get(`attendant.resourceList.${watched.length + 1}.address`) ?? '').toBe('')
    }
  })

  it('numbers its favourites from 1, in the order of the keys', () => {
    for (const { intent, all, read } of rendered) {
      const dialled = intent.keys.flatMap((key) =>
        key.role === 'line' || key.role === 'supervision' ? [] : [key],
      )
      expect(read.map(({ sd, ct }) => [sd, ct])).toEqual(dialled.map(({ number }, i) => [`${i + 1}`, number]))
      if (of.generation === 'sip3') continue
      expect(dialled.map(({ slot }) => all.get(`lineKey.${slot.number}.index`))).toEqual(
        dialled.map((_, i) => `${i + 1}`),
      )
    }
  })

  it('empties every registration but its own', () => {
    for (const { intent, all } of rendered) {
      const used = Array.from({ length: of.lines }, (_, i) => all.get(`reg.${i + 1}.address`))
      expect(used).toEqual(used.map((_, i) => (i === 0 && intent.ports.length > 0 ? '33483050173' : '')))
    }
  })

  it('keeps passwords in the files marked secret', () => {
    for (const { files } of rendered) {
      const open = files.filter((file) => !file.secret).map(({ body }) => body)
      expect(open.join('')).not.toMatch(/sip-password|device-password/)
    }
  })

  it('gives the same bytes twice', () => {
    for (const { intent } of rendered.slice(0, 4))
      expect(render(structuredClone(intent))).toEqual(render(intent))
  })
})

function categoriesOf(intent: DeviceIntent): readonly string[] {
  const categories = {
    line: 'Line',
    supervision: 'BLF',
    shortcut: 'SpeedDial',
    interception: 'SpeedDial',
  } as const
  return intent.keys.map(({ role }) => categories[role])
}

describe('whatever people type', () => {
  const of = model('polycom/vvx-450')
  const plain = device(of, { keys: keys(of, [], 3, [{ number: '3899', label: 'Ville' }, 'interception']) })
  const names = [...parameters(render(plain)).keys()].sort()
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom(
      '"/><reg.2 reg.2.address="evil',
      ']]>',
      '&lt;',
      '{{this}}',
      '\u202eevil',
      'a\r\n<x/>',
      '"',
      "'",
    ),
  )

  it('never adds, loses or doubles a parameter', () => {
    fc.assert(
      fc.property(text, text, text, (label, name, number) => {
        const changed: DeviceIntent = {
          ...plain,
          ports: plain.ports.map((port) => ({ ...port, displayName: name, sipPassword: label })),
          keys: plain.keys.map((key) =>
            key.role === 'shortcut'
              ? { ...key, label, number }
              : { ...key, label: key.role === 'line' ? name : label },
          ),
        }
        const files = render(changed)
        expect([...parameters(files).keys()].sort()).toEqual(names)
        expect(favourites(files)).toHaveLength(2)
        for (const { fn = '', lb = '' } of favourites(files)) {
          expect(Buffer.byteLength(fn)).toBeLessThanOrEqual(40)
          expect(lb).toBe(fn)
        }
      }),
      { numRuns: 60 },
    )
  })
})
