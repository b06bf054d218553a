import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { devicesIn } from '../../src/cli/simulate-wanted.ts'
import { startDeviceService } from '../../src/delivery/service.ts'
import { catalogue } from '../../src/devices/catalogue.ts'
import { drivers } from '../../src/devices/vendors.ts'
import { applyEntries } from '../../src/fleet/apply.ts'
import { readEntries } from '../../src/fleet/entries.ts'
import { readSettings } from '../../src/settings.ts'
import { familyOf } from '../../src/simulate/families.ts'
import { ownAddress } from '../../src/simulate/own-address.ts'
import { makePhone, type VirtualPhone } from '../../src/simulate/phone.ts'
import { fleetOf } from '../simulate/fleets.ts'
import { openStore } from '../store/databases.ts'

/** A server of devices that all have been here, so that whoever comes from elsewhere is a stranger. */
export interface DeviceServer {
  readonly http: { readonly host: string; readonly port: number }
  readonly tftp: { readonly host: string; readonly port: number }
  /** Names of all files that devices of the fleet have. */
  readonly names: readonly string[]
  /** Passwords of lines and of devices. */
  readonly secrets: readonly string[]
  /** Each device with the address it comes from, and as what. */
  readonly devices: readonly {
    readonly mac: string
    readonly address: string
    readonly userAgent: string
  }[]
  /** Every phone is served as before, and the server has nothing to complain of. */
  well(): Promise<void>
  close(): Promise<void>
}

const models = ['polycom/vvx-450', 'yealink/t54w', 'audiocodes/440hd', 'audiocodes/mp-202b']

/** `company`: what is decided otherwise for the company that the devices are of. */
export async function deviceServer(company: object = {}): Promise<DeviceServer> {
  const folder = await mkdtemp(join(tmpdir(), 'bootline-fuzz-'))
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
  })
  if (!('settings' in read)) throw new Error(`the settings are refused: ${JSON.stringify(read)}`)
  const store = await openStore({ folder })
  const fleet = fleetOf(
    models.flatMap((id) => catalogue.find(id) ?? []),
    company,
  )
  const who = { name: 'test', source: 'test' }
  await applyEntries(store, readEntries(fleet), catalogue, { prune: false, who })
  const errors: unknown[] = []
  const log = { info() {}, warn() {}, debug() {}, error: (...said: unknown[]) => void errors.push(said) }
  const service = await startDeviceService({
    settings: read.settings,
    store,
    catalogue,
    drivers,
    log: log as never,
    shippedTemplates: resolve('templates'),
  })
  const wanted = await devicesIn(store, () => new Set())
  const records = await store.devices.readDevices(wanted.map(({ intent }) => intent.mac))
  const url = new URL(`http://${service.addresses.http}/`)
  const phones: readonly VirtualPhone[] = wanted.map((one) => {
    const localAddress = ownAddress(one.intent.mac, url.hostname)
    return makePhone(one, url, localAddress === undefined ? {} : { localAddress })
  })

  async function well(): Promise<void> {
    if (errors.length > 0) throw new Error(`the server complains: ${JSON.stringify(errors[0])}`)
    for (const phone of phones) {
      const { outcome, detail, differences } = await phone.boot(new AbortController().signal)
      if (outcome !== 'ok')
        throw new Error(`${phone.hardware.model.id} is ${outcome}: ${detail} ${JSON.stringify(differences)}`)
    }
  }
  await well()
  const accounts = records.flatMap(({ state }) => state.account ?? [])
  return {
    http: placeOf(service.addresses.http),
    tftp: placeOf(service.addresses.tftp),
    names: phones.flatMap(({ hardware: { mac } }) =>
      ['cfg', 'boot', 'ini', 'xml'].map((ending) => `${mac}.${ending}`),
    ),
    secrets: [
      ...accounts.map(({ password }) => password),
      ...records.flatMap(({ lines }) => lines.flatMap(({ sip }) => sip?.password ?? [])),
    ],
    devices: phones.map(({ hardware }) => ({
      mac: hardware.mac,
      address: ownAddress(hardware.mac, url.hostname) ?? url.hostname,
      userAgent: familyOf(hardware.model).userAgent(hardware, 'application') ?? 'none',
    })),
    well,
    async close() {
      await service.close()
      await store.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

function placeOf(address: string | undefined): { host: string; port: number } {
  const [host = '', port] = address?.split(':') ?? []
  return { host, port: Number(port) }
}
