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
  /** Where devices are to be sent, in every way they can be sent. */
  readonly devicesUrl: string
  /** Hears of what nobody foresaw, where the request it came of was answered already. */
  readonly report: (error: unknown, requestId: string) => void
  /** What a device gets now, secrets masked; `undefined` for a device that is not served. */
  readonly filesOf: (
    mac: string,
    /** Its files as they would be, were the device this one instead. */
    as?: (device: DeviceRecord) => DeviceRecord,
  ) => Promise<readonly ShownFile[] | undefined>
  /** Who looks as if he guessed device names. */
  readonly guard: GuardDesk
  /** What devices sent, as it is kept. */
  readonly uploads: KeptUploads
  /** What this server shows to devices, and the authorities it knows devices by. */
  readonly certificates: () => Promise<KeptCertificates>
}

export interface GuardDesk {
  suspects(now: number): readonly Suspected[]
  /** False when nothing was held against it. */
  forgive(source: string, who: string): boolean
}

export interface Suspected {
  readonly source: string
  readonly points: number
  readonly shutOut: boolean
  readonly until?: number
}

export interface KeptUploads {
  list(mac: string): Promise<readonly KeptUpload[]>
  find(mac: string, kind: KeptUpload['kind'], name: string): Promise<{ readonly body: Buffer } | undefined>
}

export interface KeptUpload {
  readonly kind: 'log' | 'overrides' | 'directory' | 'calls'
  readonly name: string
  readonly size: number
  readonly at: number
}

export interface KeptCertificates {
  readonly source: 'operator' | 'own-ca' | 'nothing-yet'
  readonly certificates: readonly KeptCertificate[]
  readonly vendors: readonly KeptCertificate[]
  readonly faults: readonly { readonly code: string; readonly message: string; readonly remedy: string }[]
}

export interface KeptCertificate {
  readonly file: string
  readonly subject: string
  readonly names: readonly string[]
  readonly key: string
  readonly expires: string
  readonly daysLeft: number
  readonly fingerprint: string
}

export interface ShownFile {
  readonly name: string
  readonly contentType: string
  readonly body: string
}
