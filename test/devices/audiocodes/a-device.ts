import { join } from 'node:path'
import { audiocodes } from '../../../src/devices/audiocodes/index.ts'
import type { DeviceFile, ServerFacts, Templates } from '../../../src/devices/driver.ts'
import { folderTemplates } from '../../../src/devices/templates.ts'
import type { DeviceIntent, KeyIntent, PortIntent } from '../../../src/domain/device-intent.ts'
import { defaultCodes } from '../../../src/domain/intent.ts'
import { keySlots } from '../../../src/domain/key-layout.ts'
import { whole } from '../whole.ts'

export const templates: Templates = folderTemplates(
  join(import.meta.dirname, '../../../templates/audiocodes'),
  audiocodes.escapes,
)

export const server: ServerFacts = { url: 'https://prov.example.net:8443/', generation: 7 }
export const account = { user: 'p7f3a', password: 'Kx9mQ2vT8w' }

/** A device in a company in France that nobody uses yet. */
export function device(id: string, changes: Partial<DeviceIntent> = {}): DeviceIntent {
  const model = audiocodes.models.find((model) => model.id === `audiocodes/${id}`)
  if (!model) throw new Error(`no model ${id}`)
  return {
    mac: '00908f602aac',
    model,
    expansion: [],
    locale: 'fr',
    timezone: 'Europe/Paris',
    sip: { domain: 'sip.example.net', transport: 'udp' },
    codes: defaultCodes,
    keyDuringCall: 'hold',
    ports: [],
    keys: [],
    parameters: [],
    ...changes,
  }
}

export function port(changes: Partial<PortIntent> = {}): PortIntent {
  const number = changes.port ?? 1
  return {
    port: number,
    number: `+3348305019${number}`,
    displayName: 'Stéphane Biel',
    sipUser: `3348305019${number}`,
    sipPassword: `secret${number}Qw`,
    ...changes,
  }
}

/** The line's own key and as many others as are asked for: supervision, one interception, then shortcuts. */
export function keysOf(device: DeviceIntent, supervision: number, shortcuts = 0): readonly KeyIntent[] {
  return keySlots(device.model, device.expansion)
    .slice(0, 1 + supervision + shortcuts)
    .map((slot): KeyIntent => {
      const order = slot.number - 1
      if (order === 0) return { role: 'line', slot, label: 'Stéphane Biel' }
      if (order <= supervision) {
        const sipUser = `331870440${String(order).padStart(2, '0')}`
        return { role: 'supervision', slot, label: `Collègue ${order}`, sipUser, number: `+${sipUser}` }
      }
      if (order === supervision + 1)
        return { role: 'interception', slot, label: 'Interception', number: '*98' }
      return { role: 'shortcut', slot, label: `Raccourci ${order}`, number: `06134567${order}` }
    })
}

export function render(device: DeviceIntent, facts: ServerFacts = server): DeviceFile {
  const [file] = whole(audiocodes.render(device, facts, templates))
  if (!file) throw new Error('nothing was rendered')
  return file
}
