import { setImmediate as nextTurn } from 'node:timers/promises'
import type { DeliveryRecord, DeviceRecord, Taken } from '../store/devices.ts'
import type { Store } from '../store/store.ts'
import { liveDevice, type Surroundings } from './live-device.ts'
import { maskedDevice } from './masked.ts'

/**
 * So many devices are asked about in a turn, and so many kept: after a change of all, deliveries do not wait for it. Nobody
 * is in a hurry to see what a device took before, so while there is other work it goes on only just.
 */
const inATurn = { idle: { asked: 200, kept: 20 }, busy: { asked: 5, kept: 1 } } as const

/** Keeps the files of devices, without their secrets, once they have taken them. */
export interface TakenKeeper {
  /** Hears of what was delivered, once it is on record. */
  delivered(records: readonly DeliveryRecord[]): void
  /** Keeps some of what waits; to be called now and then, and told whether the server has other work. */
  turn(isBusy?: boolean): Promise<void>
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
    const page: readonly string[] = await devices.devicePage(
      asked === '' ? undefined : asked,
      inATurn.idle.asked,
    )
    for (const mac of page) waiting.add(mac)
    asked = page.at(-1)
  }

  function filesOf(record: DeviceRecord | undefined, revision: string): Taken['files'] | undefined {
    if (!record || liveDevice(record, surroundings, now())?.rendered.revision !== revision) return undefined
    return maskedDevice(record, surroundings, now())
  }

  return {
    delivered(records) {
      for (const { mac, completes } of records) {
        if (mac !== undefined && completes !== undefined) waiting.add(mac)
      }
    },
    async turn(isBusy = false) {
      const most = isBusy ? inATurn.busy : inATurn.idle
      if (waiting.size === 0) await askOn()
      const some = [...waiting].slice(0, most.asked)
      if (some.length === 0) return
      const due = await devices.takingsToKeep(some)
      const left = new Set(due.slice(most.kept).map(({ mac }) => mac))
      for (const mac of some) if (!left.has(mac)) waiting.delete(mac)
      const these = due.slice(0, most.kept)
      const read = await devices.readDevices(these.map(({ mac }) => mac))
      const records = new Map(read.map((record) => [record.state.mac, record]))
      const kept: Taken[] = []
      for (const taking of these) {
        const files = filesOf(records.get(taking.mac), taking.revision)
        if (files) kept.push({ ...taking, files })
        await nextTurn()
      }
      if (kept.length > 0) await devices.saveTaken(kept)
    },
  }
}
