import type { DeviceIntent, KeyIntent, PortIntent } from './device-intent.ts'
import { type Company, displayName, type Line, type Parameters, sipUser } from './intent.ts'
import { layKeys } from './key-layout.ts'
import type { Model, ModelLookup } from './model.ts'

/** Lines by the device they are on, each device's lines ascending by port; lines without a MAC are on none. */
export function linesByDevice(lines: readonly Line[]): ReadonlyMap<string, readonly Line[]> {
  const devices = new Map<string, Line[]>()
  for (const line of lines) {
    const mac = line.equipment?.mac
    if (mac === undefined) continue
    const shared = devices.get(mac)
    if (shared) shared.push(line)
    else devices.set(mac, [line])
  }
  for (const shared of devices.values()) shared.sort((a, b) => portOf(a) - portOf(b))
  return devices
}

/** What one device should be: the lines on it with all they depend on. `undefined` when the model is not known here. */
export function deviceIntent(
  company: Company,
  mac: string,
  lines: readonly Line[],
  models: ModelLookup,
  find: (number: string) => Line | undefined,
): DeviceIntent | undefined {
  const first = lines[0]
  const model = models.find(first?.equipment?.model ?? '')
  if (!first?.equipment || !model) return undefined
  const site = company.sites.find((site) => site.name === first.site)
  const expansion = first.equipment.expansion
  return {
    ...settingsFor(company, mac, model),
    expansion,
    timezone: site?.timezone ?? company.timezone,
    ports: lines.map(portIntent),
    keys: keyIntents(first, model, expansion, company.codes.groupPickup, find),
    parameters: mergeParameters(company, model, lines),
  }
}

/** A device that was unlinked: it keeps nothing of its lines. */
export function neutralIntent(company: Company, mac: string, model: Model): DeviceIntent {
  return {
    ...settingsFor(company, mac, model),
    expansion: [],
    timezone: company.timezone,
    ports: [],
    keys: [],
    parameters: [],
  }
}

function settingsFor(company: Company, mac: string, model: Model) {
  const { locale, sip, codes, keyDuringCall, reboot } = company
  const told = reboot?.by === 'direct' ? ({ toldDirectly: true } as const) : {}
  return { mac, model, locale, sip, codes, keyDuringCall, ...told }
}

function portOf(line: Line): number {
  return line.equipment?.port ?? 1
}

function portIntent(line: Line): PortIntent {
  return {
    port: portOf(line),
    number: line.number,
    displayName: displayName(line),
    sipUser: sipUser(line),
    sipPassword: line.sip?.password ?? '',
    ...(line.shortNumber === undefined ? {} : { shortNumber: line.shortNumber }),
    ...(line.equipment?.use === undefined ? {} : { use: line.equipment.use }),
  }
}

function keyIntents(
  line: Line,
  model: Model,
  expansion: readonly string[],
  groupPickup: string,
  find: (number: string) => Line | undefined,
): readonly KeyIntent[] {
  return layKeys(model, expansion, line.keys.supervision, line.keys.shortcuts).map((key): KeyIntent => {
    const { slot } = key
    if (key.role === 'line') return { role: 'line', slot, label: displayName(line) }
    if (key.role === 'interception')
      return { role: 'interception', slot, label: 'Interception', number: groupPickup }
    if (key.role === 'shortcut') return { role: 'shortcut', slot, label: key.label, number: key.number }
    const watched = find(key.number) ?? { number: key.number }
    return {
      role: 'supervision',
      slot,
      label: displayName(watched),
      sipUser: sipUser(watched),
      number: key.number,
    }
  })
}

/** The device's own parameters win over its model's, and those over its maker's. */
function mergeParameters(company: Company, model: Model, lines: readonly Line[]): DeviceIntent['parameters'] {
  const scopes = company.parameters ?? {}
  const layers: (Parameters | undefined)[] = [
    scopes[model.maker],
    scopes[model.id],
    ...lines.map((line) => line.equipment?.parameters),
  ]
  if (layers.every((layer) => layer === undefined)) return []
  const merged = new Map(layers.flatMap((layer) => Object.entries(layer ?? {})))
  return [...merged].sort(([a], [b]) => (a < b ? -1 : 1))
}
