import { randomBytes, type X509Certificate } from 'node:crypto'
import { join } from 'node:path'
import type { Catalogue } from '../devices/catalogue.ts'
import type { Driver } from '../devices/driver.ts'
import { firmwareImages, imageFor } from '../provision/firmware.ts'
import type { Surroundings } from '../provision/live-device.ts'
import { type LiveDevices, loadLiveDevices } from '../provision/live-devices.ts'
import { createPhoneBooks } from '../provision/phone-books.ts'
import { createTakenKeeper } from '../provision/taken.ts'
import { overlaidTemplates } from '../provision/templates.ts'
import type { Settings } from '../settings.ts'
import type { Store } from '../store/store.ts'
import { createCredentials } from './access/credentials.ts'
import { createGuard, type Guard } from './access/guard.ts'
import { createAdmission } from './admission.ts'
import { bootLog } from './boot-log.ts'
import { serverHosts } from './certificates/hosts.ts'
import { loadServerCertificates } from './certificates/server-certificates.ts'
import { vendorAuthorities } from './certificates/vendors.ts'
import { type Loaded, watchCertificates } from './certificates/watch.ts'
import { createDevicePlane } from './device-plane.ts'
import { deviceUrl } from './device-url.ts'
import { type Listeners, startListeners } from './listeners.ts'
import type { ServiceLog } from './log.ts'
import { counted, type Measures, noMeasures } from './measures.ts'
import { createRecorder } from './recorder.ts'
import { createRecords, type RecordStore } from './records.ts'
import { tellingRefusals } from './refusals-log.ts'
import { startUpkeep } from './upkeep.ts'
import { createUploads, type Uploads } from './uploads.ts'

export interface ServiceParts {
  readonly settings: Settings
  readonly store: Store
  readonly catalogue: Catalogue
  readonly drivers: readonly Driver[]
  readonly shippedTemplates: string
  readonly log: ServiceLog
  /** Who counts what happens; absent: nobody. */
  readonly measures?: Measures
  readonly now?: () => number
}

export interface DeviceService {
  readonly addresses: Listeners['addresses']
  readonly devices: number
  /** What the files of devices are made with. */
  readonly surroundings: Surroundings
  readonly uploads: Uploads
  readonly guard: GuardDesk
  close(): Promise<void>
}

/** What people may know of who guesses, and decide about it. */
export interface GuardDesk {
  suspects: Guard['suspects']
  forgive(source: string, who: string): boolean
}

/** Everything that answers devices: their files in memory, the listeners, the records, and what keeps them right. */
export async function startDeviceService(parts: ServiceParts): Promise<DeviceService> {
  const { settings, store, catalogue, drivers, log, measures = noMeasures } = parts
  const now = parts.now ?? Date.now
  let certificates = await loadCertificates(settings, log, now)
  let authorities = trusted(certificates)

  const templates = new Map(
    drivers.map((driver) => {
      const own = settings.templates === undefined ? undefined : join(settings.templates, driver.name)
      const tell = (file: string, reason: string) =>
        log.error({ file, reason }, 'a template is broken; the shipped one serves')
      return [
        driver,
        overlaidTemplates(join(parts.shippedTemplates, driver.name), own, driver, tell),
      ] as const
    }),
  )
  const templatesOf = (driver: Driver) => {
    const found = templates.get(driver)
    if (!found) throw new Error(`the driver ${driver.name} is not registered`)
    return found
  }
  let images = firmwareImages(settings.firmware, catalogue)
  const url = deviceUrl(settings)
  const surroundings: Surroundings = {
    catalogue,
    driverOf: (model) => drivers.find((driver) => driver.models.includes(model)) ?? unregistered(model.id),
    templatesOf,
    imageFor: (model) => imageFor(model, images),
    url,
    caPem: () => certificates.server.caPem,
  }
  const live = await loadLiveDevices(
    store,
    { ...surroundings, rendered: measures.rendered },
    (mac, reason) => log.error({ mac, reason }, 'a device gets no files'),
    now,
  )

  const guard = createGuard()
  const taken = createTakenKeeper(store, surroundings, now)
  const recordStore: RecordStore = {
    ...store.devices,
    async recordDeliveries(batch) {
      await store.devices.recordDeliveries(batch)
      taken.delivered(batch)
    },
  }
  const records = createRecords(recordStore, log)
  const isKnown = (mac: string) => live.byMac(mac) !== undefined
  const recorder = counted(
    tellingRefusals(createRecorder({ records, isKnown, now, trace: bootLog(log) }), { guard, log, now }),
    measures,
  )
  const uploads = createUploads(join(settings.data, 'uploads'))
  const admission = createAdmission({
    drivers,
    byMac: live.byMac,
    findAccount: (user) => accountOf(live, user),
    anyGuarded: () => live.anyGuarded,
    authorities: () => authorities,
    credentials: createCredentials(now, randomBytes(32)),
    guard,
    now,
    bind: (mac, source, at) => store.devices.bindWindow(mac, source, at),
    close: (mac, at) =>
      void store.devices
        .closeWindow(mac, at)
        .catch((error: unknown) => log.error({ err: error, mac }, 'a window could not be closed')),
    alert: (alert) => log.warn(alert, 'somebody is guessing device names'),
  })
  const plane = createDevicePlane({
    live,
    catalogue,
    admission,
    recorder,
    uploads,
    phoneBooks: createPhoneBooks(store, now),
    firmwareFolder: settings.firmware,
    sharedFile: (driver, name) => sharedFile(driver, name),
    now,
  })
  const listeners = await startListeners({ settings, plane, certificates, url, log, measures })

  const watch = watchCertificates({
    folder: settings.certs,
    hosts: serverHosts(settings.publicUrl),
    served: speaksTls(settings),
    loaded: certificates,
    now,
    changed: (loaded) => {
      const otherCa = loaded.server.caPem !== certificates.server.caPem
      certificates = loaded
      authorities = trusted(loaded)
      listeners.reload(loaded)
      if (!otherCa) return
      live
        .renderAll(['certificate'])
        .catch((error: unknown) => log.error({ err: error }, 'devices could not be given the new CA'))
    },
    report: (fault) => log.error({ code: fault.code, remedy: fault.remedy }, fault.message),
  })
  const upkeep = startUpkeep({
    store,
    live,
    taken,
    uploads,
    guard,
    recorder,
    log,
    now,
    refreshTemplates: () => [...templates.values()].map((each) => each.refresh()).some(Boolean),
    refreshImages: () => {
      const found = firmwareImages(settings.firmware, catalogue)
      const other = found.map(({ file }) => file).join('\n') !== images.map(({ file }) => file).join('\n')
      images = found
      return other
    },
  })
  log.info({ devices: live.count, url, ...listeners.addresses }, 'serving devices')

  return {
    addresses: listeners.addresses,
    get devices() {
      return live.count
    },
    surroundings,
    uploads,
    guard: {
      suspects: guard.suspects,
      forgive(source, who) {
        const forgiven = guard.forgive(source)
        if (forgiven) log.info({ source, who }, 'what looked like guessing was forgiven')
        return forgiven
      },
    },
    async close() {
      await upkeep.close()
      await watch.close()
      await listeners.close()
      recorder.close()
      await records.close()
    },
  }

  function sharedFile(driver: Driver, name: string) {
    if (name === caFileName && certificates.server.caPem !== undefined) {
      return { name, contentType: 'application/x-pem-file', body: certificates.server.caPem, secret: false }
    }
    return driver.shared(name, { url }, templatesOf(driver))
  }
}

/** The name under which devices that take a CA by its address fetch ours. */
const caFileName = 'bootline-ca.pem'

async function loadCertificates(settings: Settings, log: ServiceLog, now: () => number): Promise<Loaded> {
  const { certs, publicUrl } = settings
  const server = await loadServerCertificates({
    folder: certs,
    hosts: serverHosts(publicUrl),
    served: speaksTls(settings),
    now: now(),
  })
  const vendors = await vendorAuthorities(certs)
  for (const fault of [...server.faults, ...vendors.faults])
    log.error({ code: fault.code, remedy: fault.remedy }, fault.message)
  return { server, vendors }
}

function speaksTls({ https, mtls }: Settings): boolean {
  return https !== 'off' || mtls !== 'off'
}

function trusted({ vendors }: Loaded): readonly X509Certificate[] {
  return vendors.authorities.map(({ certificate }) => certificate)
}

function accountOf(live: LiveDevices, user: string) {
  const device = live.byAccount(user)
  return device?.account && { password: device.account.password, mac: device.mac }
}

function unregistered(model: string): never {
  throw new Error(`no driver makes files for ${model}`)
}
