import { describe, expect, test } from 'vitest'
import { catalogue } from '../../src/devices/catalogue.ts'
import { drivers } from '../../src/devices/vendors.ts'
import {
  type CompanySettings,
  defaultCodes,
  duringCallActions,
  type Keys,
  type Line,
  locales,
  noKeys,
  type Shortcut,
  type SipSettings,
} from '../../src/domain/intent.ts'
import { capacity, maxSupervision } from '../../src/domain/key-layout.ts'
import type { Model } from '../../src/domain/model.ts'
import { liveDevice } from '../../src/provision/live-device.ts'
import type { DeviceRecord } from '../../src/store/devices.ts'
import { type ReadKey, readers } from './read-keys.ts'
import { account, driverOf, sipPassword, surroundings } from './support.ts'

const sips: readonly SipSettings[] = [
  { domain: 'sip.example.net', transport: 'udp' },
  { domain: 'sip.example.net', transport: 'tcp', port: 5070 },
  { domain: 'sip.example.net', transport: 'tls' },
  { domain: 'sip.example.net', proxy: 'edge.example.net', port: 5081, transport: 'udp' },
]

/** Settings of a company, every fourth of all there could be, another fourth for each model. */
function companiesFor(model: Model): readonly CompanySettings[] {
  const shift = catalogue.models.indexOf(model)
  const pick = <T>(from: readonly T[], i: number): T => from[i % from.length] as T
  return sips.map((sip, i) => ({
    name: 'A',
    locale: pick(locales, i + Math.floor(shift / 3)),
    timezone: pick(['Europe/Paris', 'America/Denver', 'Indian/Reunion', 'Asia/Kolkata'], i + shift),
    deviceAccess: 'first-contact',
    sip,
    keyDuringCall: pick(duringCallActions, i + shift),
    userSettings: 'ignored',
    codes: defaultCodes,
  }))
}

const mac = '0004f2aabbcc'
const place = { site: 'S', kind: 'fixed' } as const

/** Colleagues to watch; each registers by its number, which the device must be told. */
const colleagues = Array.from({ length: maxSupervision }, (_, i): Line => {
  const number = `+33187044${String(i).padStart(3, '0')}`
  return { ...place, number, name: `Colleague ${i + 1}`, keys: noKeys }
})

/** As many keys as a model takes: supervision up to its limit, then one interception, then numbers. */
function fullKeys(model: Model, expansion: readonly string[]): Keys {
  const room = capacity(model, expansion) ?? 0
  const shortcuts: Shortcut[] = Array.from({ length: room }, (_, i) => ({
    number: `06000${String(i).padStart(5, '0')}`,
    label: `Label ${i + 1}`,
  }))
  const supervision = colleagues.slice(0, Math.max(Math.min(1, room), room - 2)).map(({ number }) => number)
  return {
    supervision,
    shortcuts: ['interception' as const, ...shortcuts].slice(0, room - supervision.length),
  }
}

function record(
  model: Model,
  company: CompanySettings,
  expansion: readonly string[],
  keys: Keys,
): DeviceRecord {
  const lines = Array.from({ length: model.ports }, (_, i): Line => {
    const number = `+33483050${String(i).padStart(3, '0')}`
    return {
      ...place,
      kind: model.kind === 'ata' ? 'analog' : 'fixed',
      number,
      name: `Line ${i + 1}`,
      sip: { password: sipPassword(number) },
      equipment: {
        model: model.id,
        mac,
        port: i + 1,
        expansion,
        ...(model.kind === 'ata' ? { use: 'fax' } : {}),
      },
      keys,
    }
  })
  return {
    state: { mac, model: model.id, company: 'A', state: 'linked', generation: 3, account: account(mac) },
    company,
    site: { name: 'S' },
    lines,
    watched: colleagues,
  }
}

function neutral({ state, company }: DeviceRecord): DeviceRecord {
  const { account: _, ...rest } = state
  return { state: { ...rest, state: 'neutral' }, ...(company ? { company } : {}), lines: [], watched: [] }
}

/** No module, and as many as the phone takes of each kind. */
function modules({ expansions = {} }: Model): readonly (readonly string[])[] {
  return [[], ...Object.entries(expansions).map(([name, { max }]) => Array<string>(max).fill(name))]
}

/** Every place's key as the fleet has it. */
function wanted({ lines, watched }: DeviceRecord, company: CompanySettings): readonly ReadKey[] {
  const keys = lines[0]?.keys ?? noKeys
  const known = watched.map(({ number }) => number)
  return [
    { role: 'line' },
    ...keys.supervision.map((number) => {
      expect(known).toContain(number)
      return { role: 'supervision', target: number.slice(1) } as const
    }),
    ...keys.shortcuts.map((shortcut) => ({
      role: 'dial' as const,
      target: shortcut === 'interception' ? company.codes.groupPickup : shortcut.number,
    })),
  ]
}

/** Numbers stand for each other, so that a thousand keys are looked up once. */
function unknownNames(names: readonly string[], model: Model): readonly string[] {
  const { dictionary } = driverOf(model)
  const shapes = new Map(names.map((name) => [name.replace(/(?<=[./_])\d+(?=[./_]|$)/g, '1'), name]))
  return [...shapes]
    .filter(([shape, name]) => !dictionary.has(shape) && !dictionary.has(name))
    .map(([, name]) => name)
}

const secret = /Sip-|Account-/
const around = surroundings({ imageFor: (model) => (model.firmware ? 'image-1.2.3' : undefined) })

function filesOf(of: DeviceRecord) {
  const rendered = liveDevice(of, around, 1)?.rendered
  if (!rendered) throw new Error(`${of.state.model} renders nothing`)
  return [...rendered.files.values()].map((file) => ({ ...file, body: file.body.toString('utf8') }))
}

describe.each(catalogue.models)('$id', (model) => {
  const cases = companiesFor(model).flatMap((company, i) =>
    // Each set of modules meets some settings, and no module all of them.
    modules(model)
      .filter((_, m) => m === 0 || m % sips.length === i)
      .flatMap((expansion) =>
        [noKeys, fullKeys(model, expansion)].map((keys) => {
          const of = record(model, company, expansion, keys)
          const files = filesOf(of)
          const read = readers[driverOf(model).name]?.(files, model, expansion)
          if (!read) throw new Error(`nobody reads the files of ${model.id}`)
          return { company, of, files, read }
        }),
      ),
  )

  test('is told only what its dictionary knows, each once, with and without keys', () => {
    for (const { read } of cases) {
      expect(unknownNames(read.names, model)).toEqual([])
      expect(read.doubled).toEqual([])
      expect(read.names.length).toBeGreaterThan(10)
    }
  })

  test('has its keys in their order, without a gap, as many as it has places for', () => {
    for (const { of, company, read } of cases) {
      const expected = model.keys ? wanted(of, company) : []
      expect(read.keys.slice(0, expected.length)).toEqual(expected)
      expect(read.keys.slice(expected.length).filter((key) => key !== undefined)).toEqual([])
    }
  })

  test('shows a password in no file but those that say so', () => {
    for (const { files } of cases) {
      expect(files.filter((file) => !file.secret && secret.test(file.body)).map(({ name }) => name)).toEqual(
        [],
      )
      const told = files.map(({ body }) => body).join('')
      for (let i = 0; i < model.ports; i++)
        expect(told).toContain(sipPassword(`+33483050${String(i).padStart(3, '0')}`))
    }
  })

  test('has a neutral state without a secret, a line or a key', () => {
    for (const { of } of cases) {
      const files = filesOf(neutral(of))
      expect(files.filter((file) => file.secret).map(({ name }) => name)).toEqual([])
      expect(files.map(({ body }) => body).join('')).not.toMatch(
        /Sip-|Account-|user-|33483050|3318704|Colleague/,
      )
      const read = readers[driverOf(model).name]?.(files, model, [])
      expect(read?.doubled).toEqual([])
      expect(read?.keys.filter((key) => key !== undefined)).toEqual([])
      expect(unknownNames(read?.names ?? [], model)).toEqual([])
    }
  })
})

describe('what everybody may ask', () => {
  const codes = [...new Set(catalogue.models.flatMap(({ hardwareCode }) => hardwareCode ?? []))]
  const names = [
    '000000000000.cfg',
    'bootline-ca.pem',
    ...codes.map((code) => `y${code.padStart(12, '0')}.cfg`),
  ]

  test('knows nothing of any device', () => {
    for (const driver of drivers) {
      const answers = names.flatMap((name) => driver.shared(name, around, around.templatesOf(driver)) ?? [])
      for (const { body, secret } of answers) {
        expect(secret).toBe(false)
        expect(body).not.toMatch(/password|auth|account|sip\./i)
      }
    }
  })

  test('is answered where a vendor has such files', () => {
    const answered = (name: string) =>
      drivers
        .filter((driver) => driver.shared(name, around, around.templatesOf(driver)))
        .map(({ name }) => name)
    expect(answered('000000000000.cfg')).toEqual(['polycom'])
    expect(answered('y000000000096.cfg')).toEqual(['yealink'])
  })
})
