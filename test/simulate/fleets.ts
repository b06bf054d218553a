import { catalogue } from '../../src/devices/catalogue.ts'
import { drivers } from '../../src/devices/vendors.ts'
import { capacity } from '../../src/domain/key-layout.ts'
import type { Model } from '../../src/domain/model.ts'

/** Names with everything that some format would take for its own. */
const names = [
  'Stéphane Biel',
  'Dupont & Fils',
  'Salle <bleue>',
  'O’Neil "Jo"',
  "Anne-Lise d'Or",
  'Bureau #3',
]

function macOf(model: Model): string {
  const driver = drivers.find(({ models }) => models.includes(model))
  const prefix = driver?.prefixes[model.maker]?.[0] ?? '020000'
  return prefix + catalogue.models.indexOf(model).toString(16).padStart(6, '0')
}

/** One company with a device of each of these models: its keys full, its modules attached, every second port in use. */
export function fleetOf(models: readonly Model[], settings: object = {}): object {
  let next = 0
  const number = (): string => `+33483${String(next++).padStart(6, '0')}`
  const colleagues = Array.from({ length: 8 }, (_, i) => ({
    number: number(),
    kind: 'mobile',
    site: 'S',
    name: `Colleague ${i} & ${names[i % names.length]}`,
  }))
  const lines = models.flatMap((model, i) => {
    const [module, facts] = Object.entries(model.expansions ?? {})[0] ?? []
    const expansion =
      module === undefined ? [] : Array.from({ length: Math.min(2, facts?.max ?? 0) }, () => module)
    const room = capacity(model, expansion) ?? 0
    const supervision = colleagues.map((one) => one.number).slice(0, Math.max(0, room - 2))
    const shortcuts = [
      'interception',
      ...Array.from({ length: 60 }, (_, n) => ({
        number: `38${n}`,
        label: `${names[n % names.length]} ${n}`,
      })),
    ]
    const ports = model.ports === 1 ? [1] : [...new Set([1, 2, model.ports])]
    return ports.map((port) => ({
      number: number(),
      kind: model.kind === 'ata' ? 'analog' : 'fixed',
      site: 'S',
      name: names[i % names.length],
      equipment: {
        model: model.id,
        mac: macOf(model),
        ...(model.ports === 1 ? {} : { port }),
        ...(model.kind === 'ata' ? { use: port === 2 ? 'phone' : 'fax' } : {}),
        ...(expansion.length === 0 ? {} : { expansion }),
      },
      ...(room === 0
        ? {}
        : { keys: { supervision, shortcuts: shortcuts.slice(0, room - supervision.length) } }),
    }))
  })
  const company = {
    name: 'A',
    sip: { domain: 'sip.example.net' },
    ...settings,
    sites: [{ name: 'S' }],
    lines: [...colleagues, ...lines],
  }
  return { companies: [company] }
}
