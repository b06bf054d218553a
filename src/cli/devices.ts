import { catalogue } from '../devices/catalogue.ts'
import { linesByDevice } from '../domain/devices.ts'
import { formatMac } from '../domain/mac.ts'
import { command } from './command.ts'
import { withStore } from './fleet-store.ts'
import { table } from './table.ts'

export const devices = command({
  name: 'devices',
  summary: 'List the devices, with the lines on each',
  examples: ['bootline devices', 'bootline devices --company "Toine Immo" --json'],
  options: { company: { type: 'string', value: 'NAME', about: 'only devices of this company' } },
  async run(context, { company }) {
    return withStore(context, async (store) => {
      const companies = await store.readFleet({
        ...(company === undefined ? {} : { companies: [company] }),
        secrets: false,
      })
      const listed = companies.flatMap((owner) =>
        [...linesByDevice(owner.lines)].map(([mac, lines]) => ({
          mac,
          model: lines[0]?.equipment?.model ?? '',
          label: catalogue.find(lines[0]?.equipment?.model ?? '')?.label ?? 'not in the catalogue',
          company: owner.name,
          site: lines[0]?.site ?? '',
          lines: lines.map((line) => ({ port: line.equipment?.port ?? 1, number: line.number })),
        })),
      )
      context.show(listed, () =>
        table([
          ['MAC', 'MODEL', 'LINES', 'SITE', 'COMPANY'],
          ...listed.map((device) => [
            formatMac(device.mac),
            device.label,
            device.lines
              .map(({ port, number }) => (device.lines.length > 1 ? `${port}: ${number}` : number))
              .join(', '),
            device.site,
            device.company,
          ]),
        ]),
      )
      return 0
    })
  },
})
