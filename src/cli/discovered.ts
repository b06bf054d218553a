import { catalogue } from '../devices/catalogue.ts'
import { formatMac } from '../domain/mac.ts'
import type { DiscoveredDevice } from '../store/devices.ts'
import { command } from './command.ts'
import { withStore } from './fleet-store.ts'
import { labelOf } from './story-device.ts'
import { printable } from './story-text.ts'
import { instant, moment } from './story-times.ts'
import { table } from './table.ts'

/** The store keeps no more. */
const most = 5000

export const discovered = command({
  name: 'discovered',
  summary: 'List devices that asked for files and that no line has, with the command that links each',
  examples: ['bootline discovered', 'bootline discovered --json'],
  options: {},
  async run(context) {
    return withStore(context, async (store) => {
      const found = await store.devices.discoveredDevices({ limit: most })
      context.show(found.map(jsonOf), () =>
        found.length === 0 ? 'No unknown device has asked for a file.' : textOf(found),
      )
      return 0
    })
  },
})

function textOf(found: readonly DiscoveredDevice[]): string {
  return [
    table([
      ['MAC', 'DEVICE', 'FIRMWARE', 'ADDRESS', 'ASKED LAST', 'TIMES', 'LINK IT WITH'],
      ...found.map((device) => [
        formatMac(device.mac),
        device.model === undefined ? device.maker : labelOf(device.model),
        printable(device.version ?? '-'),
        device.source,
        moment(device.lastAt),
        String(device.count),
        linkCommand(device),
      ]),
    ]),
    '',
    'LINE is a number, a short number or an e-mail address; bootline lines --to-complete lists lines that wait for a device.',
  ].join('\n')
}

/** What an installer types; only the line, and a model that was not recognised, are for him to fill in. */
function linkCommand({ mac, model }: DiscoveredDevice): string {
  const known = model !== undefined && catalogue.find(model) ? model : 'MODEL'
  return `bootline link LINE ${known} ${formatMac(mac)}`
}

function jsonOf(device: DiscoveredDevice): object {
  const { firstAt, lastAt, ...rest } = device
  return { ...rest, firstAt: instant(firstAt), lastAt: instant(lastAt), link: linkCommand(device) }
}
