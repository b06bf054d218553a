import { bootId, isStart } from '../domain/starts.ts'
import type { DeliveryRecord } from '../store/devices.ts'
import type { ServiceLog } from './log.ts'

/** More devices than this are not followed at a time: one that was forgotten in the middle of a boot begins another. */
const most = 50_000

/**
 * Logs what devices are given, each line with the boot it belongs to: one search finds all of it, over all listeners,
 * and the device's story calls the boot by the same id.
 */
export function bootLog(log: ServiceLog): (record: DeliveryRecord) => void {
  const boots = new Map<string, { id: string; at: number }>()

  function bootOf(mac: string, at: number): { readonly id: string; readonly isNew: boolean } {
    const before = boots.get(mac)
    if (before && !isStart(before.at, at)) {
      before.at = at
      return { id: before.id, isNew: false }
    }
    const id = bootId(at)
    // Those that were not heard of for longest stand first.
    boots.delete(mac)
    boots.set(mac, { id, at })
    if (boots.size > most) forgetOldest(boots)
    return { id, isNew: true }
  }

  return (record) => {
    const { mac, source, transport, name, kind, status, bytes, why, completes, userAgent } = record
    if (mac === undefined) return
    const boot = isUpload(record) ? boots.get(mac) : bootOf(mac, record.at)
    const id = boot?.id
    // Written out, not spread: this is done at every request, whether anybody reads the log or not.
    if (boot && 'isNew' in boot && boot.isNew) {
      log.info({ boot: id, mac, source, transport, userAgent }, 'a device starts')
    }
    log.debug({ boot: id, mac, source, transport, name, kind, status, bytes, why }, 'answered a device')
    if (completes !== undefined) log.info({ boot: id, mac, revision: completes }, 'a device has its files')
  }
}

/** To look for the first of a map of thousands takes longer than all else here: only when it has to go. */
function forgetOldest(boots: Map<string, unknown>): void {
  for (const oldest of boots.keys()) {
    boots.delete(oldest)
    return
  }
}

/** What a device sends of itself, at any hour, is no start. */
function isUpload({ method }: DeliveryRecord): boolean {
  return method === 'PUT' || method === 'POST' || method === 'WRQ'
}
