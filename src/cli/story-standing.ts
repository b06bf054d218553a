import type { DeviceAccess } from '../domain/intent.ts'
import type { Delivery, DeviceStatus } from '../store/devices.ts'
import { notThere } from './story-reasons.ts'
import { moment } from './story-times.ts'

/** Where a device stands between what it should be and what it is. */
export type Standing = 'in-sync' | 'behind' | 'awaited' | 'never-seen' | 'turned-away' | 'unlinked'

/** A device turned away longer ago than this is told of in its story, not in the list. */
const recently = 24 * 3_600_000

/** The deliveries that the store wrote last for each device that was turned away, newest first in and out. */
export function latestRefusals(deliveries: readonly Delivery[]): ReadonlyMap<string, Delivery> {
  const latest = new Map<string, Delivery>()
  for (const delivery of deliveries) {
    const { mac } = delivery
    if (mac !== undefined && isOwnRefusal(delivery) && !latest.has(mac)) latest.set(mac, delivery)
  }
  return latest
}

/** Whoever says he is another device is not this one: that is in its story, and no reason to think it is in trouble. */
function isOwnRefusal(delivery: Delivery): boolean {
  return isRefusal(delivery) && delivery.why !== 'mac-mismatch'
}

/** Turned away, and not for a file that is never there. */
export function isRefusal({ status, why }: Delivery): boolean {
  return status >= 400 && why !== undefined && why !== notThere
}

/**
 * A refusal counts until the device has had a file since: signing in begins with one, and so does every guess of a
 * stranger.
 */
export function standing(
  device: DeviceStatus,
  access: DeviceAccess | undefined,
  refusal: Delivery | undefined,
  now: number,
): Standing {
  if (device.state === 'neutral') return 'unlinked'
  if (refusal && now - refusal.at < recently && refusal.at > (device.lastSeenAt ?? 0)) return 'turned-away'
  if (access === 'first-contact' && isAwaited(device, now)) return 'awaited'
  if (device.lastSeenAt === undefined) return 'never-seen'
  return hasItsFiles(device) ? 'in-sync' : 'behind'
}

/** Nobody has used its window yet. */
function isAwaited({ window }: DeviceStatus, now: number): boolean {
  return window !== undefined && window.firstContactAt === undefined && now < window.expiresAt
}

/** What it took whole is what it should have. */
export function hasItsFiles({ revision, deliveredRevision }: DeviceStatus): boolean {
  return revision !== undefined && revision === deliveredRevision
}

export function standingText(
  standing: Standing,
  device: DeviceStatus,
  refusal: Delivery | undefined,
): string {
  switch (standing) {
    case 'in-sync':
      return 'in sync'
    case 'behind':
      return 'behind'
    case 'awaited':
      return `waiting for first contact (until ${moment(device.window?.expiresAt ?? 0)})`
    case 'never-seen':
      return 'never seen'
    case 'turned-away':
      return `turned away ${refusal ? moment(refusal.at) : 'recently'}`
    case 'unlinked':
      return hasItsFiles(device) ? 'unlinked, reset' : 'unlinked, not reset yet'
  }
}
