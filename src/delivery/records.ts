import type { DeliveryRecord, Discovery } from '../store/devices.ts'

export interface RecordLog {
  error(fields: object, text: string): void
}

export interface Records {
  delivered(record: DeliveryRecord): void
  discovered(device: Discovery): void
  /** Writes what is waiting. */
  flush(): Promise<void>
  close(): Promise<void>
}

export interface RecordStore {
  recordDeliveries(batch: readonly DeliveryRecord[]): Promise<void>
  recordDiscovered(batch: readonly Discovery[]): Promise<void>
}

/** How long a record waits for others to be written with it. */
const pause = 200
/** More than this are not kept when the store cannot be written: devices are served all the same. */
const most = 50_000

/** Keeps records off the request's path: they are written together, a few times a second. */
export function createRecords(store: RecordStore, log: RecordLog): Records {
  let deliveries: DeliveryRecord[] = []
  let discoveries = new Map<string, Discovery>()
  let lost = 0
  let failing = false
  let running: Promise<void> | undefined
  const timer = setInterval(() => void flush(), pause)
  timer.unref()

  async function write(): Promise<void> {
    const batch = deliveries
    const seen = discoveries
    deliveries = []
    discoveries = new Map()
    try {
      if (batch.length > 0) await store.recordDeliveries(batch)
      failing = false
    } catch (error) {
      const waiting = [...batch, ...deliveries]
      lost += Math.max(0, waiting.length - most)
      deliveries = waiting.slice(-most)
      if (!failing) log.error({ err: error }, 'delivery records could not be written and wait')
      failing = true
    }
    if (lost > 0 && !failing) {
      log.error({ lost }, 'delivery records were dropped: too many waited')
      lost = 0
    }
    try {
      if (seen.size > 0) await store.recordDiscovered([...seen.values()])
    } catch (error) {
      // Whoever is there asks again.
      log.error({ err: error }, 'discovered devices could not be written')
    }
  }

  function flush(): Promise<void> {
    if (deliveries.length === 0 && discoveries.size === 0) return running ?? Promise.resolve()
    running ??= write().finally(() => {
      running = undefined
    })
    return running
  }

  return {
    delivered(record) {
      if (deliveries.length < most) deliveries.push(record)
      else lost++
    },
    discovered(device) {
      const before = discoveries.get(device.mac)
      // A flood of invented addresses fills one batch and no more.
      if (before || discoveries.size < 1000) discoveries.set(device.mac, device)
    },
    flush,
    async close() {
      clearInterval(timer)
      await running
      await flush()
    },
  }
}
