import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { catalogue } from '../../src/devices/catalogue.ts'
import type { Driver } from '../../src/devices/driver.ts'
import { folderTemplates } from '../../src/devices/templates.ts'
import { drivers } from '../../src/devices/vendors.ts'
import type { Model } from '../../src/domain/model.ts'
import { applyEntries } from '../../src/fleet/apply.ts'
import { readEntries } from '../../src/fleet/entries.ts'
import { parseFleetText } from '../../src/fleet/parse.ts'
import type { FleetPlan } from '../../src/fleet/plan.ts'
import type { Surroundings } from '../../src/provision/live-device.ts'
import type { DeviceRecord } from '../../src/store/devices.ts'
import type { Store } from '../../src/store/store.ts'
import { openStore } from '../store/databases.ts'

export const ca = '-----BEGIN CERTIFICATE-----\nTm90IGEgcmVhbCBvbmU=\n-----END CERTIFICATE-----\n'

const shipped = new Map(
  drivers.map((driver) => [driver, folderTemplates(join('templates', driver.name), driver.escapes)]),
)

export function driverOf(model: Model): Driver {
  const driver = drivers.find(({ models }) => models.includes(model))
  if (!driver) throw new Error(`no driver for ${model.id}`)
  return driver
}

/** The catalogue, the drivers and the templates as they ship, on a server with a fixed address and no images. */
export function surroundings(changes: Partial<Surroundings> = {}): Surroundings {
  return {
    catalogue,
    driverOf,
    templatesOf(driver) {
      const templates = shipped.get(driver)
      if (!templates) throw new Error(`no templates for ${driver.name}`)
      return templates
    },
    url: 'https://prov.example.net:8443/',
    caPem: () => ca,
    imageFor: () => undefined,
    ...changes,
  }
}

export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'bootline-provision-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return folder
}

/** An empty store on disk, gone with its test. */
export async function emptyStore(now: () => number = Date.now): Promise<Store> {
  const folder = await temporaryFolder()
  const store = await openStore({ folder, now })
  onTestFinished(() => store.close())
  return store
}

/** Applies a fleet as the command line does. */
export function apply(store: Store, data: unknown, prune = false): Promise<FleetPlan> {
  return applyEntries(store, readEntries(data), catalogue, { who: { name: 'ana', source: 'cli' }, prune })
}

export interface FleetData {
  companies: { lines: { number: string; sip?: { user?: string; password?: string } }[] }[]
}

/** A fleet file with a password for every line, told from its number. */
export async function fleetFile(path: string): Promise<FleetData> {
  const data = parseFleetText(await readFile(path)) as FleetData
  for (const line of data.companies.flatMap(({ lines }) => lines)) {
    line.sip = { password: sipPassword(line.number), ...line.sip }
  }
  return data
}

export function sipPassword(number: string): string {
  return `Sip-${number.replace(/\D/g, '')}`
}

/** The accounts of devices are made at random; these stand in for them, told from the address. */
export function account(mac: string): { user: string; password: string } {
  return { user: `user-${mac}`, password: `Account-${mac}` }
}

/** A store whose devices have the accounts above. */
export function withFixedAccounts(store: Store): Store {
  const fixed = (record: DeviceRecord): DeviceRecord =>
    record.state.account
      ? { ...record, state: { ...record.state, account: account(record.state.mac) } }
      : record
  return {
    ...store,
    devices: {
      ...store.devices,
      readDevices: async (macs) => (await store.devices.readDevices(macs)).map(fixed),
    },
  }
}

/** For a fleet in which every device must have its files. */
export function nobodyLeftOut(mac: string, reason: string): never {
  throw new Error(`${mac} is left out: ${reason}`)
}
