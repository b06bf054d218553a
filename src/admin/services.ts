import type { Catalogue } from '../devices/catalogue.ts'
import type { Driver } from '../devices/driver.ts'
import type { Settings } from '../settings.ts'
import type { DeviceRecord } from '../store/devices.ts'
import type { Store } from '../store/store.ts'

/** What the operations of the admin plane act on. */
export interface Services {
  readonly settings: Settings
  readonly store: Store
  readonly catalogue: Catalogue
  readonly drivers: readonly Driver[]
  readonly now: () => number
  /** The fleet has changed: whoever serves devices or wakes them looks at once instead of in a moment. */
  readonly nudge: () => void
  /** What a device gets now, secrets masked; `undefined` for a device that is not served. */
  readonly filesOf: (
    mac: string,
    /** Its files as they would be, were the device this one instead. */
    as?: (device: DeviceRecord) => DeviceRecord,
  ) => Promise<readonly ShownFile[] | undefined>
}

export interface ShownFile {
  readonly name: string
  readonly contentType: string
  readonly body: string
}
