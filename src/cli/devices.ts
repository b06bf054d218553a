import { formatMac } from '../domain/mac.ts'
import { command } from './command.ts'
import type { Context } from './context.ts'
import { allPages, type Listed, listedJson, listing } from './devices-listed.ts'
import { tellStory } from './devices-story.ts'
import { readCompanies, withStore } from './fleet-store.ts'
import { labelOf, linesText, macGiven } from './story-device.ts'
import { alarmsText, standingText } from './story-standing.ts'
import { printable } from './story-text.ts'
import { moment } from './story-times.ts'
import { table } from './table.ts'

export const devices = command({
  name: 'devices',
  summary: 'List the devices and how they are, or tell the story of one',
  operands: ['[MAC]'],
  examples: [
    'bootline devices --company "Toine Immo"',
    'bootline devices --behind --never-seen',
    'bootline devices --alarms',
    'bootline devices 64:16:7f:b2:69:d6',
  ],
  options: {
    company: { type: 'string', value: 'NAME', about: 'only devices of this company' },
    behind: { type: 'boolean', about: 'only those that were seen and have not what they should have' },
    'never-seen': { type: 'boolean', about: 'only those that never had a file' },
    alarms: { type: 'boolean', about: 'only those that do not come right by themselves' },
  },
  async run(context, { company, behind, 'never-seen': neverSeen, alarms }, [mac]) {
    return withStore(context, async (store) => {
      const now = Date.now()
      if (mac !== undefined) return tellStory(context, store, macGiven(mac), now)
      const companies = await readCompanies(store, company === undefined ? undefined : [company])
      const { conditions, suspects } = store.devices
      // Devices in trouble are few: then the others are not read.
      const onlyAlarms = alarms && !behind && !neverSeen
      const ask = onlyAlarms
        ? (query: Parameters<typeof conditions>[0]) => suspects({ ...query, now })
        : conditions
      const all = (await allPages(ask, company)).map(listing(companies, now))
      const everyone = !behind && !neverSeen && !alarms
      const shown = all.filter(
        (one) =>
          everyone ||
          (behind && isBehind(one)) ||
          (neverSeen && isNeverSeen(one)) ||
          (alarms && one.alarms.length > 0),
      )
      return list(context, shown)
    })
  },
})

function isBehind({ device, standing }: Listed): boolean {
  return (
    standing !== 'unlinked' && device.lastSeenAt !== undefined && device.revision !== device.deliveredRevision
  )
}

function isNeverSeen({ device, standing }: Listed): boolean {
  return standing !== 'unlinked' && device.lastSeenAt === undefined
}

function list(context: Context, shown: readonly Listed[]): number {
  context.show(shown.map(listedJson), () =>
    table([
      ['MAC', 'MODEL', 'LINES', 'STATE', 'LAST SEEN', 'ADDRESS', 'FIRMWARE', 'SITE', 'COMPANY'],
      ...shown.map((one) => [
        formatMac(one.device.mac),
        labelOf(one.device.model),
        linesText(one.lines),
        stateText(one),
        one.device.lastSeenAt === undefined ? '-' : moment(one.device.lastSeenAt),
        one.device.lastSource ?? '-',
        printable(one.device.lastVersion ?? '-'),
        one.device.site ?? '-',
        one.device.company,
      ]),
    ]),
  )
  return 0
}

/** What the state says already is no news as an alarm. */
function stateText({ device, standing, alarms }: Listed): string {
  const others = alarms.filter((alarm) => alarm !== standing)
  return [standingText(standing, device), alarmsText(others)].filter(Boolean).join(', ')
}
