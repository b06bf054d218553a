import type { DeliveryRecord } from '../store/devices.ts'
import type { DeviceRequest, Outcome } from './plane.ts'

/**
 * A device that asks again and again for the file it has just been given tells nothing new. The first time is written
 * down at once; of the repeats that follow, only the last, when so many milliseconds are over.
 */
export const repeatsFoldFor = 20_000

/** Files are known by the very object they are. */
export interface Repeats {
  /** Whether this is what was told of the file a moment ago: it is then told with the last of its kind. */
  holds(file: object, request: DeviceRequest, revision: string, outcome: Outcome, at: number): boolean
  /** Has been written down; a repeat of it may follow. */
  told(file: object, record: DeliveryRecord): void
  /** Writes the last repeat of each file whose time is over, or of all. */
  settle(now: number): void
}

interface Told {
  record: DeliveryRecord
  /** Of the last repeat that is not yet written. */
  again: number | undefined
}

export function createRepeats(write: (record: DeliveryRecord) => void): Repeats {
  const known = new WeakMap<object, Told>()
  const waiting = new Set<Told>()

  function writeLast(told: Told): void {
    waiting.delete(told)
    if (told.again === undefined) return
    told.record = { ...told.record, at: told.again }
    told.again = undefined
    write(told.record)
  }

  return {
    holds(file, request, revision, outcome, at) {
      const told = known.get(file)
      if (told === undefined || !isSame(told.record, request, revision, outcome)) return false
      if (at - told.record.at >= repeatsFoldFor) writeLast(told)
      if (at - told.record.at >= repeatsFoldFor) return false
      if (told.again === undefined) waiting.add(told)
      told.again = at
      return true
    },
    told(file, record) {
      const before = known.get(file)
      if (before) writeLast(before)
      known.set(file, { record, again: undefined })
    },
    settle(now) {
      for (const told of waiting) if (now - told.record.at >= repeatsFoldFor) writeLast(told)
    },
  }
}

function isSame(record: DeliveryRecord, request: DeviceRequest, revision: string, outcome: Outcome): boolean {
  return (
    record.status === outcome.status &&
    record.bytes === outcome.bytes &&
    record.complete === outcome.complete &&
    record.revision === revision &&
    record.source === request.source &&
    record.userAgent === request.userAgent &&
    record.name === request.name &&
    record.method === request.method &&
    record.transport === request.transport
  )
}
