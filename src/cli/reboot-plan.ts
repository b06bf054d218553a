import { formatMac } from '../domain/mac.ts'
import { minutesToTell, type Planned, type Rates } from '../provision/pace.ts'
import { labelOf } from './story-device.ts'
import { moment } from './story-times.ts'
import { table } from './table.ts'

/** More than these are counted, not listed. */
const listed = 20

/** Which devices restart when, and how long it takes to tell them. */
export function plannedText(planned: readonly Planned[], rates: Rates): string {
  if (planned.length === 0) return 'No device is meant: nothing to do.'
  const unheard = planned.filter(({ way }) => way === 'none').length
  return [
    ...(planned.length > listed ? placesText(planned) : devicesText(planned)),
    paceText(planned, rates),
    ...(unheard === 0
      ? []
      : [
          `${counted(unheard)} of a company that has its devices not told: each does it when it next starts.`,
        ]),
  ].join('\n')
}

function devicesText(planned: readonly Planned[]): readonly string[] {
  const rows = planned.map(({ device, dueAt }) => [
    `  ${formatMac(device.mac)}`,
    labelOf(device.model),
    [device.company, device.site].filter(Boolean).join(', '),
    moment(dueAt),
  ])
  return [`${counted(planned.length)} to restart:`, table(rows)]
}

function placesText(planned: readonly Planned[]): readonly string[] {
  const places = new Map<string, { name: string; dueAt: number; count: number }>()
  for (const { device, dueAt } of planned) {
    const name = [device.company, device.site].filter(Boolean).join(', ')
    const place = places.get(name) ?? { name, dueAt, count: 0 }
    places.set(name, { ...place, count: place.count + 1 })
  }
  const rows = [...places.values()].map(({ name, dueAt, count }) => [
    `  ${name}`,
    counted(count),
    moment(dueAt),
  ])
  return [`${counted(planned.length)} to restart:`, table(rows)]
}

function paceText(planned: readonly Planned[], rates: Rates): string {
  const minutes = minutesToTell(planned, rates)
  const rate = `${rates.perMinute} a minute, and ${rates.perSite} a minute at one site`
  if (planned.length === 1) return 'It is told when it is its turn.'
  if (minutes === 0) return `At ${rate}, all of them are told within a minute.`
  return `At ${rate}, the last is told about ${minutes} ${minutes === 1 ? 'minute' : 'minutes'} after the first.`
}

function counted(count: number): string {
  return count === 1 ? '1 device' : `${count} devices`
}
