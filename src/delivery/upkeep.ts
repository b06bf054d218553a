import type { LiveDevices } from '../provision/live-devices.ts'
import type { TakenKeeper } from '../provision/taken.ts'
import type { OtherFiles } from '../store/reboots-files.ts'
import type { Store } from '../store/store.ts'
import type { Guard } from './access/guard.ts'
import { measureLoad } from './load.ts'
import type { ServiceLog } from './log.ts'
import type { Recorder } from './recorder.ts'
import { createRepeating } from './repeating.ts'
import type { Uploads } from './uploads.ts'

export interface UpkeepParts {
  readonly store: Store
  readonly live: LiveDevices
  readonly taken: TakenKeeper
  readonly uploads: Uploads
  readonly guard: Guard
  readonly recorder: Recorder
  readonly log: ServiceLog
  readonly now: () => number
  /** True when a template of the operator's came, went or changed. */
  readonly refreshTemplates: () => boolean
  /** True when an image came or went. */
  readonly refreshImages: () => boolean
  /** Told of devices that are known no more. */
  readonly forgotten: (macs: readonly string[]) => void
}

/** Above this share of its time at work the server has no time for what can wait. */
const busy = 0.5

const second = 1000
const day = 86_400 * second
/** How long the stories of devices are kept. */
const keptFor = 30 * day

export interface Upkeep {
  /** Takes in what changed in the fleet now, rather than in a moment. */
  look(): void
  close(): Promise<void>
}

/** What has to be looked after while the service runs: changes of the fleet, of templates and images, and old records. */
export function startUpkeep(parts: UpkeepParts): Upkeep {
  const { store, live, taken, uploads, guard, recorder, log, now } = parts
  const repeating = createRepeating(log)
  const { every } = repeating
  const load = measureLoad()
  /** What changed and is not in all files yet: a look tells of it once, and rendering may fail. */
  const other = new Set<OtherFiles>()
  const look = every(second / 4, async () => forgetUsers(await live.refresh()))
  store.onChange(look)
  every(2 * second, async () => {
    // Both are asked: each look takes in what it sees.
    if (parts.refreshTemplates()) other.add('templates')
    if (parts.refreshImages()) other.add('firmware')
    if (other.size === 0) return
    await live.renderAll([...other])
    other.clear()
  })
  every(second, async () => recorder.settle())
  every(second, () => taken.turn(load() > busy))
  every(60 * second, async () => {
    for (const alert of guard.settle(now())) log.info(alert, 'the guessing has ended')
  })
  every(3600 * second, async () => {
    await store.devices.pruneDeliveries(now() - keptFor)
    const forgotten = await store.devices.pruneDevices(now())
    await live.reread(forgotten)
    if (forgotten.length > 0) parts.forgotten(forgotten)
    for (const mac of forgotten) await uploads.forget(mac)
    // A device may have been unlinked while no service ran.
    await forgetUsers(await uploads.devices())
  })

  /** What somebody changed on a device goes with the device's link; its logs stay as long as its story. */
  async function forgetUsers(macs: readonly string[]): Promise<void> {
    for (const mac of macs) if (live.byMac(mac)?.state === 'neutral') await uploads.forgetUser(mac)
  }

  return { look, close: repeating.close }
}
