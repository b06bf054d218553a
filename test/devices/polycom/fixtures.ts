import { fileURLToPath } from 'node:url'
import type { DeviceFile, ServerFacts } from '../../../src/devices/driver.ts'
import { polycom } from '../../../src/devices/polycom/index.ts'
import { folderTemplates } from '../../../src/devices/templates.ts'
import type { DeviceIntent, KeyIntent } from '../../../src/domain/device-intent.ts'
import type { Shortcut } from '../../../src/domain/intent.ts'
import { fitKeys, layKeys } from '../../../src/domain/key-layout.ts'
import type { Model } from '../../../src/domain/model.ts'
import { whole } from '../whole.ts'

const folder = fileURLToPath(new URL('../../../templates/polycom', import.meta.url))
export const templates = folderTemplates(folder, polycom.escapes)

export const server: ServerFacts = {
  url: 'https://prov.example.net:8443/',
  account: { user: '64167fb269d6', password: 'device-password' },
  generation: 7,
}

export const ca = '-----BEGIN CERTIFICATE-----\nMIIBszCCAVmgAwIBAgIUQ==\n-----END CERTIFICATE-----\n'

export function model(id: string): Model {
  const found = polycom.models.find((model) => model.id === id)
  if (!found) throw new Error(`no model ${id}`)
  return found
}

/** Stéphane's phone, with no key ordered. */
export function device(of: Model, changes: Partial<DeviceIntent> = {}): DeviceIntent {
  return {
    mac: '64167fb269d6',
    model: of,
    expansion: [],
    locale: 'fr',
    timezone: 'Europe/Paris',
    sip: { domain: 'sip.example.net', transport: 'udp' },
    codes: { groupPickup: '*98', directedPickup: '*95', voicemail: '123' },
    keyDuringCall: 'hold',
    ports: [
      {
        port: 1,
        number: '+33483050173',
        displayName: 'Stéphane Biel',
        sipUser: '33483050173',
        sipPassword: 'sip-password',
      },
    ],
    keys: keys(of),
    parameters: [],
    ...changes,
  }
}

/** Keys as the rules lay them: the line's own, so many colleagues, then the shortcuts; as many as fit. */
export function keys(
  of: Model,
  expansion: readonly string[] = [],
  watched = 0,
  shortcuts: readonly Shortcut[] = [],
): readonly KeyIntent[] {
  const supervision = Array.from({ length: watched }, (_, i) => `+3348306${String(i).padStart(4, '0')}`)
  const { kept } = fitKeys({ supervision, shortcuts }, of, expansion)
  return layKeys(of, expansion, kept.supervision, kept.shortcuts).map((key): KeyIntent => {
    const { slot } = key
    if (key.role === 'line') return { role: 'line', slot, label: 'Stéphane Biel' }
    if (key.role === 'interception')
      return { role: 'interception', slot, label: 'Interception', number: '*98' }
    if (key.role === 'shortcut') return { role: 'shortcut', slot, label: key.label, number: key.number }
    const { number } = key
    return { role: 'supervision', slot, label: `Collègue ${slot.number}`, sipUser: number.slice(1), number }
  })
}

export function render(of: DeviceIntent, facts: ServerFacts = server): readonly DeviceFile[] {
  return whole(polycom.render(of, facts, templates))
}

/** The phone with nothing on it, as it is after it was unlinked. */
export function neutral(of: Model, changes: Partial<DeviceIntent> = {}): DeviceIntent {
  return device(of, { ports: [], keys: [], ...changes })
}
