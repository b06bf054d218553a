import { describe, expect, test } from 'vitest'
import { audiocodes } from '../../../src/devices/audiocodes/index.ts'
import { keySlots } from '../../../src/domain/key-layout.ts'
import type { Model } from '../../../src/domain/model.ts'
import { account, device, keysOf, port, render, server } from './a-device.ts'
import { readCfg, readIni } from './read-files.ts'

const nameOf = (model: Model) => model.id.replace('audiocodes/', '')
const ports = (model: Model, use?: 'fax' | 'phone') =>
  Array.from({ length: model.ports }, (_, i) => port({ port: i + 1, ...(use ? { use } : {}) }))

/** What a fleet may ask of one device, from nothing to everything. */
function features(model: Model) {
  const bare = device(nameOf(model))
  const all = keySlots(model, []).length - 1
  const full = { ports: ports(model), keys: keysOf(bare, Math.min(all, 10), Math.max(0, all - 10)) }
  return [
    bare,
    { ...bare, ...full },
    { ...bare, ...full, ports: ports(model, 'phone'), locale: 'en' as const, timezone: 'America/New_York' },
    {
      ...bare,
      ...full,
      timezone: 'Asia/Kolkata',
      sip: { domain: 'd.example', proxy: 'p.example', port: 5070, transport: 'tls' as const },
    },
    { ...bare, ports: ports(model, 'fax').slice(-1), timezone: 'Mars/Olympus' },
  ]
}

const servers = [
  server,
  { ...server, account, caPem: 'PEM\n', firmware: 'image.img', url: 'http://10.0.0.5/' },
]
const everything = audiocodes.models.flatMap((model) =>
  features(model).flatMap((intent) =>
    servers.map((facts) => ({ model, intent, file: render(intent, facts) })),
  ),
)

describe('every model with every feature', () => {
  test('emits only names of the dictionary, each once', () => {
    for (const { intent, file } of everything) {
      const names: string[] = []
      if (intent.model.generation === 'mp-1xx') {
        const { values, tables } = readIni(file.body)
        names.push(...values.keys(), ...tables.keys())
        for (const { columns } of tables.values()) names.push(...columns)
      } else names.push(...readCfg(file.body).keys())
      expect(names.filter((name) => !audiocodes.dictionary.has(name))).toEqual([])
      expect(names.length).toBeGreaterThan(10)
    }
  })

  test('is the same bytes every time', () => {
    for (const model of audiocodes.models)
      for (const intent of features(model)) expect(render(intent)).toEqual(render({ ...intent }))
  })

  test('says which files hold a secret, and a neutral one holds none', () => {
    for (const { intent, file } of everything) {
      const holds = intent.ports.some(({ sipPassword }) => file.body.includes(sipPassword))
      const admits = file.body.includes(account.password)
      if (holds || admits) expect(file.secret).toBe(true)
      if (intent.ports.length === 0) expect(holds).toBe(false)
    }
    for (const model of audiocodes.models) expect(render(device(nameOf(model))).secret).toBe(false)
  })

  test('gives every line of the device its account, and no other', () => {
    for (const { model, intent, file } of everything) {
      for (const each of ports(model)) {
        const wanted = intent.ports.some(({ sipUser }) => sipUser === each.sipUser)
        expect(file.body.includes(each.sipPassword)).toBe(wanted)
      }
    }
  })

  test('is found by every name its device may ask', () => {
    for (const model of audiocodes.models) {
      const intent = device(nameOf(model))
      const { name } = render(intent)
      expect(audiocodes.canonicalName?.(name, model)).toBe(name)
      expect(audiocodes.canonicalName?.(name.toUpperCase(), model)).toBe(name)
    }
  })
})

test('nothing is shared between devices', () => {
  for (const name of ['00908f602aac.cfg', '000000000000.cfg', 'MP202-DMS-Flash-USA.CONF', '440HD.img'])
    expect(audiocodes.shared(name, server, { render: () => 'x' })).toBeUndefined()
})
