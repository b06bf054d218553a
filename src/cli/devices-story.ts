import { formatMac } from '../domain/mac.ts'
import { boots } from '../provision/boots.ts'
import type { Store } from '../store/store.ts'
import type { Context } from './context.ts'
import { listedJson, listing } from './devices-listed.ts'
import { deviceFacts, unknownDevice } from './story-device.ts'
import { historyLines, rebootLines } from './story-reboots.ts'
import { alarmInWords, standingText } from './story-standing.ts'
import { bootLines } from './story-text.ts'
import { instant } from './story-times.ts'
import { table } from './table.ts'

/** As many starts are told, out of as many deliveries, and as many events and changes. */
const told = { boots: 10, deliveries: 1000, events: 20, changes: 10 }

/** All that is known of one device: how it is, how it was told, what it changed, and its starts. */
export async function tellStory(context: Context, store: Store, mac: string, now: number): Promise<number> {
  const [device] = await store.devices.conditionsOf([mac])
  if (!device) throw unknownDevice(mac)
  const companies = await store.readFleet({ companies: [device.company], secrets: false })
  const deliveries = await store.devices.deliveriesOf(mac, told.deliveries)
  const [job] = await store.reboots.jobs({ mac, limit: 1 })
  const events = await store.reboots.eventsOf(mac, told.events)
  const history = await store.devices.historyOf(mac, told.changes)
  const last = boots(device, deliveries).slice(0, told.boots)
  const one = listing(companies, now)(device)
  const json = {
    ...listedJson(one),
    ...(job ? { reboot: dated(job) } : {}),
    events: events.map(({ mac: _, ...event }) => dated(event)),
    history: history.map(({ mac: _, ...change }) => dated(change)),
    boots: last.map((boot) => ({ ...boot, from: instant(boot.from), to: instant(boot.to) })),
  }
  context.show(json, () =>
    [
      `${formatMac(mac)}: ${standingText(one.standing, device)}`,
      ...one.alarms.map((alarm) => `  ALARM: ${alarmInWords(alarm, device)}`),
      table(deviceFacts(device, companies[0], one.lines, now).map(([what, value]) => [`  ${what}`, value])),
      ...chapter(rebootLines(job, events)),
      ...chapter(historyLines(history)),
      ...last.flatMap((boot) => chapter(bootLines(boot))),
      ...(last.length === 0 ? ['', 'It has asked for nothing yet.'] : []),
    ].join('\n'),
  )
  return 0
}

function chapter(lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ['', ...lines]
}

/** With its times as programs read them. */
export function dated<T extends object>(record: T): object {
  return Object.fromEntries(
    Object.entries(record).map(([name, value]) => [
      name,
      typeof value === 'number' && /^at$|At$/.test(name) ? instant(value) : value,
    ]),
  )
}
