import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { ServiceLog } from '../../../src/delivery/log.ts'
import type { Measures } from '../../../src/delivery/measures.ts'
import { type DeviceService, startDeviceService } from '../../../src/delivery/service.ts'
import { catalogue } from '../../../src/devices/catalogue.ts'
import { drivers } from '../../../src/devices/vendors.ts'
import { applyEntries } from '../../../src/fleet/apply.ts'
import { readEntries } from '../../../src/fleet/entries.ts'
import { readSettings } from '../../../src/settings.ts'
import type { Store } from '../../../src/store/store.ts'
import { openStore } from '../../store/databases.ts'

/** A device service as `bootline serve` runs it, on free ports and a folder of its own. */
export interface Running {
  readonly store: Store
  readonly folder: string
  /** What was logged, a line each. */
  readonly log: readonly Logged[]
  readonly service: DeviceService
  port(listener: 'http' | 'https' | 'mtls' | 'tftp'): number
  /** Applies a fleet through the service's own store. */
  apply(fleet: unknown, prune?: boolean): Promise<void>
  stop(): Promise<void>
}

export interface Logged {
  readonly level: string
  readonly fields: object
  readonly text: string
}

export interface Wish {
  /** One folder for a test file: the first start makes an RSA CA, which takes seconds. */
  readonly certs: string
  readonly settings?: Readonly<Record<string, string>>
  readonly now?: () => number
  readonly measures?: (store: Store) => Measures
  /** In place of the list. */
  readonly log?: ServiceLog
  readonly only?: readonly ('http' | 'https' | 'mtls' | 'tftp')[]
}

const everyListener = ['http', 'https', 'mtls', 'tftp'] as const

export async function temporaryFolder(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'bootline-service-'))
}

export async function run(fleet: unknown, wish: Wish): Promise<Running> {
  const folder = await temporaryFolder()
  const store = await openStore({ folder })
  const log: Logged[] = []
  const told = (level: string) => (fields: object, text: string) => void log.push({ level, fields, text })
  const removed = () => rm(folder, { recursive: true, force: true, maxRetries: 3 })
  try {
    await apply(store, fleet)
    const service = await startDeviceService({
      settings: settingsIn(folder, wish),
      store,
      catalogue,
      drivers,
      shippedTemplates: resolve('templates'),
      log: wish.log ?? { debug: told('debug'), info: told('info'), warn: told('warn'), error: told('error') },
      ...(wish.measures ? { measures: wish.measures(store) } : {}),
      ...(wish.now ? { now: wish.now } : {}),
    })
    return {
      store,
      folder,
      log,
      service,
      port: (listener) => Number(/\d+$/.exec(service.addresses[listener] ?? '')?.[0]),
      apply: (other, prune) => apply(store, other, prune),
      async stop() {
        await service.close()
        await store.close()
        await removed()
      },
    }
  } catch (error) {
    await store.close()
    await removed()
    throw error
  }
}

function settingsIn(folder: string, { certs, settings, only = everyListener }: Wish) {
  const listeners = everyListener.map(
    (name) => [`BOOTLINE_${name.toUpperCase()}`, only.includes(name) ? '127.0.0.1:0' : 'off'] as const,
  )
  const read = readSettings({
    ...Object.fromEntries(listeners),
    BOOTLINE_DATA: folder,
    BOOTLINE_CERTS: certs,
    BOOTLINE_FIRMWARE: join(folder, 'firmware'),
    BOOTLINE_PUBLIC_URL: 'http://prov.example.net:8080/',
    ...settings,
  })
  if ('problems' in read) throw new Error(JSON.stringify(read.problems))
  return read.settings
}

export async function apply(store: Store, fleet: unknown, prune = false): Promise<void> {
  await applyEntries(store, readEntries(fleet), catalogue, { who: { name: 'ana', source: 'cli' }, prune })
}
