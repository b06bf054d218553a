import { setImmediate as nextTurn } from 'node:timers/promises'
import type { DeliveryRecord, Taken } from '../store/devices.ts'
import type { Store } from '../store/store.ts'
import { liveDevice, type Surroundings } from './live-device.ts'
import { maskedDevice } from './masked.ts'

/** So many devices are asked about in a turn, and so many kept: after a change of all, deliveries do not wait for it. */
const inATurn = { asked: 200, kept: 20 } as const

/** Keeps the files of devices, without their secrets, once they have taken them. */
export interface TakenKeeper {
  /** Hears of what was delivered, once it is on record. */
  delivered(records: readonly DeliveryRecord[]): void
  /** Keeps some of what waits; to be called now and then. */
  turn(): Promise<void>
}

/**
 * What a device has is rendered again without its secrets, rather than copied as it is sent: no request waits for it,
 * and no secret comes near. A device whose intent has moved on meanwhile keeps what was kept of it before.
 */
export function createTakenKeeper(
  { devices }: Pick<Store, 'devices'>,
  surroundings: Surroundings,
  now: () => number,
): TakenKeeper {
  const waiting = new Set<string>()
  /** Up to which address those were asked about that took something while no server kept it; absent: all were. */
  let asked: string | undefined = ''

  async function askOn(): Promise<void> {
    if (asked === undefined) return
    const page: readonly string[] = await devices.devicePage(asked === '' ? undefined : asked, inATurn.asked)
    for (const mac of page) waiting.add(mac)
    asked = page.at(-1)
  }

  async function filesOf(mac: string, revision: string): Promise<Taken['files'] | undefined> {
    const [record] = await devices.readDevices([mac])
    if (!record || liveDevice(record, surroundings, now())?.rendered.revision !== revision) return undefined
    return maskedDevice(record, surroundings, now())
  }

  return {
    delivered(records) {
      for (const { mac, completes } of records) {
        if (mac !== undefined && completes !== undefined) waiting.add(mac)
      }
    },
    async turn() {
      if (waiting.size === 0) await askOn()
      const some = [...waiting].slice(0, inATurn.asked)
      if (some.length === 0) return
      const due = await devices.takingsToKeep(some)
      const left = new Set(due.slice(inATurn.kept).map(({ mac }) => mac))
      for (const mac of some) if (!left.has(mac)) waiting.delete(mac)
      const kept: Taken[] = []
      for (const taking of due.slice(0, inATurn.kept)) {
        const files = await filesOf(taking.mac, taking.revision)
        if (files) kept.push({ ...taking, files })
        await nextTurn()
      }
      if (kept.length > 0) await devices.saveTaken(kept)
    },
  }
}
