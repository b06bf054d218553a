import type { DeviceIntent } from '../../domain/device-intent.ts'
import type { DeviceFile, LaidFile, ServerFacts, Templates } from '../driver.ts'
import { inParts } from '../parts.ts'
import { dialectOf } from './dialect.ts'
import { sections } from './sections.ts'

const contentType = 'text/plain; charset=utf-8'

/**
 * The boot file, where the generation asks for one, and the configuration. The boot file makes the device return to
 * the factory value whatever the configuration no longer names; a device without boot files is told everything that
 * is managed, each time, and needs none.
 */
export function render(device: DeviceIntent, server: ServerFacts, templates: Templates): readonly LaidFile[] {
  const { layout, bootFile } = dialectOf(device)
  const configuration: LaidFile = {
    name: `${device.mac}.cfg`,
    contentType,
    body: inParts((hold) => templates.render(`${layout}.cfg.hbs`, sections(device, server, hold))),
    secret: holdsSecret(device),
  }
  return bootFile ? [booting(configuration.name, device.mac, templates), configuration] : [configuration]
}

function booting(configuration: string, mac: string, templates: Templates): DeviceFile {
  const body = templates.render('boot.cfg.hbs', { configuration })
  return { name: `${mac}.boot`, contentType, body, secret: false }
}

/** A neutral device holds none, not even its account here; an operator's own parameters may. */
function holdsSecret(device: DeviceIntent): boolean {
  return device.ports.length > 0 || device.parameters.length > 0
}

/** Every model's common file: a first line and nothing else, since nothing tells who asks for it. */
export function shared(name: string, _server: unknown, templates: Templates): DeviceFile | undefined {
  if (!/^y0{9}\d{3}\.cfg$/i.test(name)) return undefined
  return { name, contentType, body: templates.render('common.cfg.hbs', {}), secret: false }
}
