import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { KeyIntent } from '../../../src/domain/device-intent.ts'
import { device, keysOf, port, render } from './a-device.ts'
import { readCfg, readIni } from './read-files.ts'

/** Any text, and more often than chance would have it what a format could take for its own. */
const bits = [
  '\n',
  '\r',
  '\0',
  '\u0085',
  '\u2028',
  ';',
  '#',
  '=',
  ',',
  "'",
  '"',
  '(',
  ')',
  '\\',
  '$$',
  '{{x}}',
  ' ',
]
const words = [
  'ResetNow = 1',
  '[ Authentication ]',
  '[ \\TrunkGroup ]',
  'include http://x/',
  'system/type=X',
  'a',
]
const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.array(fc.constantFrom(...bits, ...words), { maxLength: 8 }).map((parts) => parts.join('')),
)
const line = fc.record({ displayName: text, sipUser: text, sipPassword: text })
const settings = fc.record({ domain: text, proxy: text, transport: fc.constantFrom('udp', 'tcp', 'tls') })

describe('no text of a person becomes a parameter', () => {
  const desk = device('440hd', { ports: [port()] })
  const keys = keysOf(desk, 6, 4)
  const names = [...readCfg(render({ ...desk, keys }).body).keys()]

  test('of a phone', () => {
    fc.assert(
      fc.property(line, settings, fc.array(text, { minLength: 11, maxLength: 11 }), (mine, sip, texts) => {
        const hostile = keys.map((key, i): KeyIntent => {
          const label = texts[i] ?? ''
          if (key.role === 'line') return { ...key, label }
          if (key.role === 'supervision') return { ...key, label, sipUser: label, number: label }
          return { ...key, label, number: label }
        })
        const body = render({ ...desk, ports: [port(mine)], sip, keys: hostile }).body
        expect([...readCfg(body).keys()]).toEqual(names)
      }),
      { numRuns: 200 },
    )
  })

  test('or a row of a gateway', () => {
    const gateway = device('mp-114', { ports: [port(), port({ port: 4 })] })
    const plain = readIni(render(gateway).body)
    fc.assert(
      fc.property(line, line, settings, (one, four, sip) => {
        const body = render({ ...gateway, ports: [port(one), port({ ...four, port: 4 })], sip }).body
        const ini = readIni(body)
        expect([...ini.values.keys()]).toEqual([...plain.values.keys()])
        expect([...ini.tables.keys()]).toEqual([...plain.tables.keys()])
        for (const [name, table] of plain.tables)
          expect([...(ini.tables.get(name)?.rows.keys() ?? [])]).toEqual([...table.rows.keys()])
      }),
      { numRuns: 200 },
    )
  })

  test('of an adapter', () => {
    const adapter = device('mp-202b', { ports: [port(), port({ port: 2 })] })
    const names = [...readCfg(render(adapter).body).keys()]
    fc.assert(
      fc.property(line, line, settings, (one, two, sip) => {
        const body = render({ ...adapter, ports: [port(one), port({ ...two, port: 2 })], sip }).body
        expect([...readCfg(body).keys()]).toEqual(names)
        expect(body).not.toMatch(/[()"\\]/)
      }),
      { numRuns: 200 },
    )
  })

  test.each(['440hd', 'mp-118', 'mp-202b'])('an extra parameter of a %s is one line, or none', (id) => {
    const read = (body: string) => (id === 'mp-118' ? readIni(body).values : readCfg(body))
    const own = new Set(read(render(device(id)).body).keys())
    fc.assert(
      fc.property(text, text, (name, value) => {
        const values = read(render(device(id, { parameters: [[name, value]] })).body)
        const added = [...values.keys()].filter((each) => !own.has(each))
        expect(added.length).toBeLessThanOrEqual(1)
        for (const each of added) expect(each).toBe(id === 'mp-118' ? name.toLowerCase() : name)
      }),
      { numRuns: 200 },
    )
  })
})
