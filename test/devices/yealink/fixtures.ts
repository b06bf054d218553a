import { fileURLToPath } from 'node:url'
import type { DeviceFile, ServerFacts } from '../../../src/devices/driver.ts'
import { folderTemplates } from '../../../src/devices/templates.ts'
import { yealink } from '../../../src/devices/yealink/index.ts'
import type { DeviceIntent, KeyIntent, PortIntent } from '../../../src/domain/device-intent.ts'
import type { Shortcut } from '../../../src/domain/intent.ts'
import { layKeys } from '../../../src/domain/key-layout.ts'
import type { Model } from '../../../src/domain/model.ts'
import { whole } from '../whole.ts'

const folder = fileURLToPath(new URL('../../../templates/yealink', import.meta.url))
export const templates = folderTemplates(folder, yealink.escapes)

export const server: ServerFacts = {
  url: 'https://prov.example.net:8443/',
  account: { user: '001565aabbcc', password: 'device-password' },
  generation: 7,
}

export function model(id: string): Model {
  const found = yealink.models.find((model) => model.id === id)
  if (!found) throw new Error(`no model ${id}`)
  return found
}

export function port(number: number, displayName = `Person ${number}`): PortIntent {
  const user = `3348305${String(number).padStart(4, '0')}`
  return { port: number, number: `+${user}`, displayName, sipUser: user, sipPassword: `secret-${number}` }
}

export function device(of: Model, changes: Partial<DeviceIntent> = {}): DeviceIntent {
  return {
    mac: '001565aabbcc',
    model: of,
    expansion: [],
    locale: 'fr',
    timezone: 'Europe/Paris',
    sip: { domain: 'sip.example.net', transport: 'udp' },
    codes: { groupPickup: '*98', directedPickup: '*95', voicemail: '123' },
    keyDuringCall: 'hold',
    ports: [port(1, 'Stéphane Biel')],
    keys: [],
    parameters: [],
    ...changes,
  }
}

/** Keys as the rules lay them: own line, `watched` supervision keys, then the shortcuts. */
export function keys(
  of: Model,
  expansion: readonly string[],
  watched: number,
  shortcuts: readonly Shortcut[] = [],
): readonly KeyIntent[] {
  const numbers = Array.from({ length: watched }, (_, i) => `+3348306${String(i).padStart(4, '0')}`)
  return layKeys(of, expansion, numbers, shortcuts).map((key): KeyIntent => {
    const { slot } = key
    if (key.role === 'line') return { role: 'line', slot, label: 'Stéphane Biel' }
    if (key.role === 'interception')
      return { role: 'interception', slot, label: 'Interception', number: '*98' }
    if (key.role === 'shortcut') return { role: 'shortcut', slot, label: key.label, number: key.number }
    const { number } = key
    return { role: 'supervision', slot, label: `Colleague ${slot.number}`, sipUser: number.slice(1), number }
  })
}

/** A phone with as many keys as it and its modules take, or as few as asked. */
export function phone(
  id: string,
  expansion: readonly string[] = [],
  watched = 99,
  changes: Partial<DeviceIntent> = {},
): DeviceIntent {
  const of = model(id)
  const shortcuts: Shortcut[] = ['interception', { number: '3899', label: 'Services de la ville' }]
  return device(of, { expansion, keys: keys(of, expansion, watched, shortcuts), ...changes })
}

export function render(of: DeviceIntent, facts: ServerFacts = server): readonly DeviceFile[] {
  return whole(yealink.render(of, facts, templates))
}

export function configuration(of: DeviceIntent, facts: ServerFacts = server): string {
  const file = render(of, facts).find((file) => file.name.endsWith('.cfg'))
  if (!file) throw new Error('no configuration was rendered')
  return file.body
}
