import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { devicesIn } from '../../src/cli/simulate-wanted.ts'
import { startDeviceService } from '../../src/delivery/service.ts'
import { catalogue } from '../../src/devices/catalogue.ts'
import { drivers } from '../../src/devices/vendors.ts'
import { applyEntries } from '../../src/fleet/apply.ts'
import { readEntries } from '../../src/fleet/entries.ts'
import { readSettings } from '../../src/settings.ts'
import type { Wanted } from '../../src/simulate/expected.ts'
import { openStore } from '../store/databases.ts'

const shippedTemplates = fileURLToPath(new URL('../../templates', import.meta.url))
const quiet = { info: () => {}, warn: () => {}, error: () => {}, debug: () => {} }

export interface Server {
  readonly http: URL
  readonly https: URL
  /** https where certificates are asked for. */
  readonly mtls: URL
  readonly tftp: URL
  /** What its devices should be, with their passwords. */
  readonly wanted: readonly Wanted[]
  close(): Promise<void>
}

/** A real server of devices with this fleet. */
export async function serverWith(
  fleet: object,
  settings: Readonly<Record<string, string>> = {},
): Promise<Server> {
  const folder = await mkdtemp(join(tmpdir(), 'bootline-simulate-'))
  const read = readSettings({
    BOOTLINE_DATA: folder,
    BOOTLINE_CERTS: join(folder, 'certs'),
    BOOTLINE_FIRMWARE: join(folder, 'firmware'),
    BOOTLINE_ADMIN: 'off',
    BOOTLINE_HTTP: '127.0.0.1:0',
    BOOTLINE_HTTPS: 'off',
    BOOTLINE_MTLS: 'off',
    BOOTLINE_TFTP: '127.0.0.1:0',
    BOOTLINE_SIP: 'off',
    ...settings,
  })
  if (!('settings' in read)) throw new Error(`the settings are refused: ${JSON.stringify(read)}`)
  const store = await openStore({ folder })
  const who = { name: 'test', source: 'test' }
  await applyEntries(store, readEntries(fleet), catalogue, { prune: false, who })
  const log = quiet as never
  const service = await startDeviceService({
    settings: read.settings,
    store,
    catalogue,
    drivers,
    log,
    shippedTemplates,
  })
  const at = (scheme: string, address: string | undefined): URL => new URL(`${scheme}://${address ?? 'off'}/`)
  const { http, https, mtls, tftp } = service.addresses
  return {
    http: at('http', http),
    https: at('https', https),
    mtls: at('https', mtls),
    tftp: at('tftp', tftp),
    wanted: await devicesIn(store, () => new Set()),
    async close() {
      await service.close()
      await store.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
