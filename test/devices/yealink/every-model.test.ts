import { describe, expect, test } from 'vitest'
import { yealink } from '../../../src/devices/yealink/index.ts'
import { pageSwitches } from '../../../src/devices/yealink/quirks.ts'
import type { DeviceIntent } from '../../../src/domain/device-intent.ts'
import { keySlots } from '../../../src/domain/key-layout.ts'
import type { Model } from '../../../src/domain/model.ts'
import { configuration, device, keys, port, render, server } from './fixtures.ts'
import { parse, repeated } from './parse.ts'

/** No module, one, and as many as the model takes, of each kind. */
function mixes(of: Model): readonly (readonly string[])[] {
  return [
    [],
    ...Object.entries(of.expansions ?? {}).flatMap(([name, { max }]) => [
      [name],
      Array<string>(max).fill(name),
    ]),
  ]
}

function linked(of: Model, expansion: readonly string[] = []): DeviceIntent {
  return device(of, {
    expansion,
    sip: { domain: 'sip.example.net', proxy: 'edge.example.net', transport: 'tls' },
    ports: Array.from({ length: of.ports }, (_, i) => port(i + 1)),
    keys: keys(of, expansion, 99, ['interception', { number: '3899', label: 'Ville' }]),
  })
}

/** Numbers stand for each other, so that a thousand keys are looked up once. */
const answers = new Map<string, boolean>()
function known(name: string): boolean {
  const shape = name.replace(/(?<=\.)\d+/g, '1')
  const answer = answers.get(shape) ?? yealink.dictionary.has(shape)
  answers.set(shape, answer)
  return answer
}

const full = { ...server, caPem: 'PEM', firmware: 'x(y,z)-1.2.3.4.rom' }

describe.each(yealink.models.map((model) => [model.id, model] as const))('%s', (_, of) => {
  test('is told only what the dictionary knows, each name once, under the exact first line', () => {
    for (const expansion of mixes(of)) {
      for (const intent of [linked(of, expansion), device(of, { expansion, ports: [] })]) {
        for (const facts of [full, { url: server.url, generation: 1 }]) {
          const parsed = parse(configuration(intent, facts))
          expect(parsed.header).toBe('#!version:1.0.0.1')
          expect(repeated(parsed)).toEqual([])
          expect(parsed.entries.filter(([name]) => !known(name))).toEqual([])
          expect(parsed.entries.filter(([, value]) => value === '')).toEqual([])
        }
      }
    }
  })

  test('forgets in the neutral state every name it was told before', () => {
    for (const expansion of mixes(of)) {
      const told = parse(configuration(linked(of, expansion), { url: server.url, generation: 1 }))
      const neutral = parse(configuration(device(of, { ports: [] }), { url: server.url, generation: 1 }))
      expect([...neutral.values.keys()].join('\n')).toBe([...told.values.keys()].join('\n'))
      const body = configuration(device(of, { ports: [] }))
      for (const secret of ['secret-', 'device-password', '33483', 'sip.example.net', '*95', '*98', 'Person'])
        expect(body).not.toContain(secret)
    }
  })

  test('has all its accounts, in use or emptied', () => {
    const parsed = parse(configuration(linked(of)))
    for (let n = 1; n <= of.lines; n++) {
      const used = n <= of.ports
      expect(parsed.values.get(`account.${n}.enable`)).toBe(used ? '1' : '0')
      expect(parsed.values.get(`account.${n}.password`)).toBe(used ? `secret-${n}` : '%NULL%')
    }
    expect(parsed.values.has(`account.${of.lines + 1}.enable`)).toBe(false)
  })

  test('has every key of the phone and of its modules exactly once, in order, without a gap', () => {
    for (const expansion of mixes(of)) {
      const intent = linked(of, expansion)
      const parsed = parse(configuration(intent))
      const types = placesOf(of, expansion).map((place) => parsed.values.get(`${place}.type`))
      const capacity = keySlots(of, expansion).length
      const ordered = Math.min(capacity, intent.keys.length)
      expect(types.slice(0, ordered)).toEqual(intent.keys.map(({ role }) => typeOf[role]))
      expect(types.slice(ordered).filter((type) => type !== '0')).toEqual([])
      expect(parsed.entries.filter(([name]) => /key\..*\.type$/.test(name)).length).toBe(allPlaces(of))
    }
  })

  test('has its password in the configuration alone', () => {
    for (const file of render(linked(of))) {
      expect(file.secret).toBe(file.name.endsWith('.cfg'))
      if (!file.secret) expect(file.body).not.toMatch(/secret-|device-password|sip\.example/)
    }
  })
})

const typeOf = { line: '15', supervision: '16', shortcut: '13', interception: '13' }

/** The names of the usable places in the order people count them. */
function placesOf(of: Model, expansion: readonly string[]): readonly string[] {
  const memory = of.memoryKeys ?? 0
  const line = (of.keys ?? 0) - memory
  return [
    ...Array.from({ length: line }, (_, i) => `linekey.${i + 1}`),
    ...Array.from({ length: memory }, (_, i) => `memorykey.${i + 1}`),
    ...expansion.flatMap((name, m) => {
      const switches = pageSwitches[name] ?? []
      const places = (of.expansions?.[name]?.keys ?? 0) + switches.length
      const usable = Array.from({ length: places }, (_, i) => i + 1).filter((n) => !switches.includes(n))
      return usable.map((n) => `expansion_module.${m + 1}.key.${n}`)
    }),
  ]
}

function allPlaces(of: Model): number {
  const modules = Object.entries(of.expansions ?? {})
  const most = Math.max(0, ...modules.map(([name, type]) => type.keys + (pageSwitches[name]?.length ?? 0)))
  return (of.keys ?? 0) + most * Math.max(0, ...modules.map(([, type]) => type.max))
}
