import { type Alarm, alarms } from '../domain/alarms.ts'
import { linesByDevice } from '../domain/devices.ts'
import type { Company, Line } from '../domain/intent.ts'
import { type Standing, standing } from '../domain/standing.ts'
import { windowEnd } from '../domain/window.ts'
import type { DeviceCondition, StatesQuery } from '../store/devices.ts'
import { labelOf } from './story-device.ts'
import { instant } from './story-times.ts'

/** A device as lists and stories show it. */
export interface Listed {
  readonly device: DeviceCondition
  readonly lines: readonly Line[]
  readonly standing: Standing
  readonly alarms: readonly Alarm[]
}

/** How devices of these companies are listed. */
export function listing(companies: readonly Company[], now: number): (device: DeviceCondition) => Listed {
  const lines = linesByDevice(companies.flatMap((owner) => owner.lines))
  const access = new Map(companies.map(({ name, deviceAccess }) => [name, deviceAccess]))
  return (device) => ({
    device,
    lines: lines.get(device.mac) ?? [],
    standing: standing(device, access.get(device.company), now),
    alarms: alarms(device, now),
  })
}

const pageSize = 500

/** All pages of a question that is answered in pages. */
export async function allPages(
  ask: (query: StatesQuery) => Promise<readonly DeviceCondition[]>,
  company: string | undefined,
): Promise<readonly DeviceCondition[]> {
  const query = { limit: pageSize, ...(company === undefined ? {} : { company }) }
  const all: DeviceCondition[] = []
  for (let page = await ask(query); page.length > 0; ) {
    all.push(...page)
    page = await ask({ ...query, after: page.at(-1)?.mac ?? '' })
  }
  return all
}

export function listedJson({ device, lines, standing, alarms }: Listed): object {
  const at = (time: number | undefined) => (time === undefined ? undefined : instant(time))
  return {
    mac: device.mac,
    model: device.model,
    label: labelOf(device.model),
    company: device.company,
    site: device.site,
    lines: lines.map((line) => ({ port: line.equipment?.port ?? 1, number: line.number })),
    state: standing,
    alarms,
    windowUntil: at(windowEnd(device.window)),
    revision: device.revision,
    deliveredRevision: device.deliveredRevision,
    deliveredAt: at(device.deliveredAt),
    lastSeenAt: at(device.lastSeenAt),
    address: device.lastSource,
    firmware: device.lastVersion,
    turnedAwayAt: at(device.refusals?.at),
  }
}
