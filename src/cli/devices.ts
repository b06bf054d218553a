import { linesByDevice } from '../domain/devices.ts'
import type { Company, Line } from '../domain/intent.ts'
import { formatMac } from '../domain/mac.ts'
import type { Delivery, DeviceStatus } from '../store/devices.ts'
import type { Store } from '../store/store.ts'
import { command } from './command.ts'
import type { Context } from './context.ts'
import { readCompanies, withStore } from './fleet-store.ts'
import { boots } from './story.ts'
import { deviceFacts, labelOf, linesText, macGiven, unknownDevice, windowEnd } from './story-device.ts'
import { latestRefusals, type Standing, standing, standingText } from './story-standing.ts'
import { bootLines, printable } from './story-text.ts'
import { instant, moment } from './story-times.ts'
import { table } from './table.ts'

export const devices = command({
  name: 'devices',
  summary: 'List the devices and how they are, or tell the story of one',
  operands: ['[MAC]'],
  examples: [
    'bootline devices --company "Toine Immo"',
    'bootline devices --behind --never-seen',
    'bootline devices 64:16:7f:b2:69:d6',
  ],
  options: {
    company: { type: 'string', value: 'NAME', about: 'only devices of this company' },
    behind: { type: 'boolean', about: 'only those that were seen and have not what they should have' },
    'never-seen': { type: 'boolean', about: 'only those that never had a file' },
  },
  async run(context, { company, behind = false, 'never-seen': neverSeen = false }, [mac]) {
    return withStore(context, async (store) => {
      if (mac !== undefined) return tell(context, store, macGiven(mac))
      const wanted = (device: Listed) =>
        (!behind && !neverSeen) || (behind && isBehind(device)) || (neverSeen && isNeverSeen(device))
      return list(context, (await readAll(store, company)).filter(wanted))
    })
  },
})

interface Listed {
  readonly device: DeviceStatus
  readonly lines: readonly Line[]
  readonly standing: Standing
  readonly refusal: Delivery | undefined
}

/** As many of the last deliveries are looked at for devices that were turned away. */
const lookedAt = 5000
const pageSize = 500

async function readAll(store: Store, company: string | undefined): Promise<readonly Listed[]> {
  const companies = await readCompanies(store, company === undefined ? undefined : [company])
  const refusals = latestRefusals(await store.devices.recentDeliveries(lookedAt))
  const lines = linesByDevice(companies.flatMap((owner) => owner.lines))
  const query = { limit: pageSize, ...(company === undefined ? {} : { company }) }
  const all: Listed[] = []
  for (let page = await store.devices.deviceStates(query); page.length > 0; ) {
    all.push(...page.map((device) => listed(device, companies, lines, refusals)))
    page = await store.devices.deviceStates({ ...query, after: page.at(-1)?.mac ?? '' })
  }
  return all
}

function listed(
  device: DeviceStatus,
  companies: readonly Company[],
  lines: ReadonlyMap<string, readonly Line[]>,
  refusals: ReadonlyMap<string, Delivery>,
): Listed {
  const access = companies.find(({ name }) => name === device.company)?.deviceAccess
  const refusal = refusals.get(device.mac)
  return {
    device,
    lines: lines.get(device.mac) ?? [],
    standing: standing(device, access, refusal, Date.now()),
    refusal,
  }
}

function isBehind({ device, standing }: Listed): boolean {
  return (
    standing !== 'unlinked' && device.lastSeenAt !== undefined && device.revision !== device.deliveredRevision
  )
}

function isNeverSeen({ device, standing }: Listed): boolean {
  return standing !== 'unlinked' && device.lastSeenAt === undefined
}

function list(context: Context, shown: readonly Listed[]): number {
  context.show(shown.map(jsonOf), () =>
    table([
      ['MAC', 'MODEL', 'LINES', 'STATE', 'LAST SEEN', 'ADDRESS', 'FIRMWARE', 'SITE', 'COMPANY'],
      ...shown.map(({ device, lines, standing, refusal }) => [
        formatMac(device.mac),
        labelOf(device.model),
        linesText(lines),
        standingText(standing, device, refusal),
        device.lastSeenAt === undefined ? '-' : moment(device.lastSeenAt),
        device.lastSource ?? '-',
        printable(device.lastVersion ?? '-'),
        device.site ?? '-',
        device.company,
      ]),
    ]),
  )
  return 0
}

function jsonOf({ device, lines, standing, refusal }: Listed): object {
  const at = (time: number | undefined) => (time === undefined ? undefined : instant(time))
  return {
    mac: device.mac,
    model: device.model,
    label: labelOf(device.model),
    company: device.company,
    site: device.site,
    lines: lines.map((line) => ({ port: line.equipment?.port ?? 1, number: line.number })),
    state: standing,
    windowUntil: at(windowEnd(device.window)),
    revision: device.revision,
    deliveredRevision: device.deliveredRevision,
    deliveredAt: at(device.deliveredAt),
    lastSeenAt: at(device.lastSeenAt),
    address: device.lastSource,
    firmware: device.lastVersion,
    turnedAwayAt: at(refusal?.at),
  }
}

/** As many starts are told, out of as many deliveries. */
const told = { boots: 10, deliveries: 1000 }

async function tell(context: Context, store: Store, mac: string): Promise<number> {
  const device = await store.devices.deviceState(mac)
  if (!device) throw unknownDevice(mac)
  const companies = await store.readFleet({ companies: [device.company], secrets: false })
  const deliveries = await store.devices.deliveriesOf(mac, told.deliveries)
  const lines = linesByDevice(companies.flatMap((owner) => owner.lines))
  const one = listed(device, companies, lines, latestRefusals(deliveries))
  const last = boots(device, deliveries).slice(0, told.boots)
  const json = last.map((boot) => ({ ...boot, from: instant(boot.from), to: instant(boot.to) }))
  context.show({ ...jsonOf(one), boots: json }, () =>
    [
      `${formatMac(mac)}: ${standingText(one.standing, device, one.refusal)}`,
      table(
        deviceFacts(device, companies[0], one.lines, Date.now()).map(([what, value]) => [`  ${what}`, value]),
      ),
      ...last.flatMap((boot) => ['', ...bootLines(boot)]),
      ...(last.length === 0 ? ['', 'It has asked for nothing yet.'] : []),
    ].join('\n'),
  )
  return 0
}
