import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import type { DeviceIntent } from '../../../src/domain/device-intent.ts'
import type { Shortcut } from '../../../src/domain/intent.ts'
import { device, keys, model, neutral, render, server } from './fixtures.ts'

const shortcuts: readonly Shortcut[] = [
  { number: '0613456782', label: 'Pierre Durand' },
  'interception',
  { number: '3899', label: 'Services de la ville' },
  { number: '+33187044000', label: 'Siège & "accueil"' },
]

function full(id: string, watched: number, changes: Partial<DeviceIntent> = {}): DeviceIntent {
  const of = model(id)
  return device(of, { keys: keys(of, [], watched, shortcuts), ...changes })
}

const phones: readonly (readonly [folder: string, device: DeviceIntent, facts: typeof server])[] = [
  [
    'vvx-450',
    full('polycom/vvx-450', 4, {
      sip: { domain: 'sip.example.net', proxy: 'edge.example.net', transport: 'tls' },
    }),
    { ...server, firmware: '3111-48840-001.sip.ld' },
  ],
  ['edge-e220', full('poly/edge-e220', 3, { keyDuringCall: 'transfer', locale: 'en' }), server],
  [
    'soundpoint-ip-650',
    full('polycom/soundpoint-ip-650', 2),
    { ...server, url: 'http://prov.example.net/poly/' },
  ],
  ['soundstation-ip-5000', full('polycom/soundstation-ip-5000', 0, { timezone: 'Indian/Reunion' }), server],
  [
    'trio-8800',
    full('polycom/trio-8800', 0, { parameters: [['device.auth.localAdminPassword', '2468']] }),
    server,
  ],
  ['vvx-450-neutral', neutral(model('polycom/vvx-450')), { url: server.url, generation: 8 }],
]

const golden = fileURLToPath(new URL('golden/', import.meta.url))
const write = process.env.BOOTLINE_GOLDEN === 'write'

describe('the files of a phone, whole', () => {
  it.each(phones)('%s', (folder, device, facts) => {
    for (const { name, body } of render(device, facts)) {
      const path = `${golden}${folder}/${name}`
      if (write) {
        mkdirSync(`${golden}${folder}`, { recursive: true })
        writeFileSync(path, body)
      }
      expect(body).toBe(readFileSync(path, 'utf8'))
    }
  })
})
