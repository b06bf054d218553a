import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { catalogue } from '../devices/catalogue.ts'
import { applyEntries } from '../fleet/apply.ts'
import { intentOf } from '../provision/live-device.ts'
import type { Wanted } from '../simulate/expected.ts'
import type { DeviceRecord } from '../store/devices.ts'
import { openStore, type Store } from '../store/store.ts'
import type { Context } from './context.ts'
import { readFleetFile } from './fleet-file.ts'
import { commandLineUser, withStore } from './fleet-store.ts'

/** The devices that should be there: those of a fleet file, or of the store that the settings name. */
export async function wantedDevices(context: Context, file: string | undefined): Promise<readonly Wanted[]> {
  if (file === undefined) return withStore(context, (store) => devicesIn(store, () => new Set()))
  const entries = await readFleetFile(context, file)
  // By the same rules as in a server: a store of its own, for as long as it takes to read it.
  const folder = await mkdtemp(join(tmpdir(), 'bootline-simulate-'))
  try {
    const store = await openStore({ folder })
    try {
      await applyEntries(store, entries, catalogue, { who: commandLineUser(), prune: false })
      return await devicesIn(store, (numbers) => passwordsMade(store, numbers))
    } finally {
      await store.close()
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** What one device should be now; one that lost its lines should have none. */
export async function wantedNow(store: Store, mac: string): Promise<Wanted | undefined> {
  const [record] = await store.devices.readDevices([mac])
  return record && wantedOf(record, new Set())
}

const pageSize = 500

export async function devicesIn(
  store: Store,
  unknown: (numbers: readonly string[]) => ReadonlySet<string> | Promise<ReadonlySet<string>>,
): Promise<readonly Wanted[]> {
  const wanted: Wanted[] = []
  for (let page = await store.devices.devicePage(undefined, pageSize); page.length > 0; ) {
    const records = await store.devices.readDevices(page)
    const unknownPasswords = await unknown(records.flatMap(({ lines }) => lines.map(({ number }) => number)))
    wanted.push(
      ...records
        .filter(({ state }) => state.state === 'linked')
        .flatMap((record) => wantedOf(record, unknownPasswords) ?? []),
    )
    page = await store.devices.devicePage(page.at(-1), pageSize)
  }
  return wanted
}

function wantedOf(record: DeviceRecord, unknownPasswords: ReadonlySet<string>): Wanted | undefined {
  const { company } = record
  const intent = intentOf(record, catalogue)
  if (!intent || !company) return undefined
  const { name, deviceAccess, openNetworks } = company
  const open = openNetworks === undefined ? {} : { openNetworks }
  return { intent, company: name, access: deviceAccess, ...open, unknownPasswords }
}

/** A password that the file does not give is made by each server for itself. */
async function passwordsMade(store: Store, numbers: readonly string[]): Promise<ReadonlySet<string>> {
  const origins = await store.passwordOrigins(numbers)
  return new Set(numbers.filter((number) => origins.get(number) === 'server'))
}
