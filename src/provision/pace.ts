import type { RebootWay } from '../domain/intent.ts'
import type { DeviceCondition } from '../store/devices.ts'
import { placeOf } from '../store/reboots-rows.ts'

/** A device that is to be told, and when. */
export interface Planned {
  readonly device: DeviceCondition
  readonly dueAt: number
  readonly way: RebootWay
}

/** How many devices are told in a minute: in all, and at one place. */
export interface Rates {
  readonly perMinute: number
  readonly perSite: number
}

/** So long the last waits after the first, when nobody else is waiting. */
export function minutesToTell(
  planned: readonly Pick<Planned, 'device'>[],
  { perMinute, perSite }: Rates,
): number {
  const places = new Map<string, number>()
  for (const { device } of planned) {
    const place = placeOf(device.company, device.site ?? null, device.lastSource ?? null)
    places.set(place, (places.get(place) ?? 0) + 1)
  }
  const rounds = [...places.values()].map((count) => Math.ceil(count / perSite))
  return Math.max(1, Math.ceil(planned.length / perMinute), ...rounds) - 1
}
