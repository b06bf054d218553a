import type { X509Certificate } from 'node:crypto'
import { join } from 'node:path'
import type { Catalogue } from '../devices/catalogue.ts'
import type { Driver } from '../devices/driver.ts'
import { firmwareImages, imageFor } from '../provision/firmware.ts'
import type { Surroundings } from '../provision/live-device.ts'
import { type LiveDevices, loadLiveDevices } from '../provision/live-devices.ts'
import { overlaidTemplates } from '../provision/templates.ts'
import type { Settings } from '../settings.ts'
import type { Store } from '../store/store.ts'
import { serverHosts } from './certificates/hosts.ts'
import { loadServerCertificates } from './certificates/server-certificates.ts'
import { vendorAuthorities } from './certificates/vendors.ts'
import type { Loaded } from './certificates/watch.ts'
import type { PlaneParts } from './device-plane.ts'
import { deviceUrl } from './device-url.ts'
import type { ServiceLog } from './log.ts'

export interface GroundParts {
  readonly settings: Settings
  readonly store: Store
  readonly catalogue: Catalogue
  readonly drivers: readonly Driver[]
  readonly shippedTemplates: string
  readonly log: ServiceLog
  readonly rendered: (seconds: number) => void
  readonly now: () => number
}

/** What answering devices stands on: their files in memory, and all that those are made of. */
export interface Ground {
  readonly live: LiveDevices
  readonly surroundings: Surroundings
  /** What devices are told to come to. */
  readonly url: string
  readonly certificates: () => Loaded
  readonly authorities: () => readonly X509Certificate[]
  readonly sharedFile: PlaneParts['sharedFile']
  /** True when a template of the operator's came, went or changed. */
  refreshTemplates(): boolean
  /** True when an image came or went. */
  refreshImages(): boolean
  /** Goes on with other certificates; another CA of the server's gives devices other files. */
  take(loaded: Loaded): void
}

export async function layGround(parts: GroundParts): Promise<Ground> {
  const { settings, store, catalogue, drivers, log, now } = parts
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
    { ...surroundings, rendered: parts.rendered },
    (mac, reason) => log.error({ mac, reason }, 'a device gets no files'),
    now,
  )
  return {
    live,
    surroundings,
    url,
    certificates: () => certificates,
    authorities: () => authorities,
    sharedFile(driver, name) {
      const { caPem } = certificates.server
      if (name !== caFileName || caPem === undefined) return driver.shared(name, { url }, templatesOf(driver))
      return { name, contentType: 'application/x-pem-file', body: caPem, secret: false }
    },
    refreshTemplates: () => [...templates.values()].map((each) => each.refresh()).some(Boolean),
    refreshImages: () => {
      const found = firmwareImages(settings.firmware, catalogue)
      const other = found.map(({ file }) => file).join('\n') !== images.map(({ file }) => file).join('\n')
      images = found
      return other
    },
    take(loaded) {
      const otherCa = loaded.server.caPem !== certificates.server.caPem
      certificates = loaded
      authorities = trusted(loaded)
      if (!otherCa) return
      live
        .renderAll(['certificate'])
        .catch((error: unknown) => log.error({ err: error }, 'devices could not be given the new CA'))
    },
  }
}

/** The name under which devices that take a CA by its address fetch ours. */
const caFileName = 'bootline-ca.pem'

/** What is in the folder, made where it is missing; `former` goes on where the operator's own cannot serve. */
export async function loadCertificates(
  settings: Settings,
  log: Pick<ServiceLog, 'error'>,
  now: () => number,
  former?: Loaded,
): Promise<Loaded> {
  const { certs, publicUrl } = settings
  const place = {
    folder: certs,
    hosts: serverHosts(publicUrl),
    served: speaksTls(settings),
    now: now(),
  }
  const server = await loadServerCertificates(place, former?.server)
  const vendors = await vendorAuthorities(certs)
  for (const fault of [...server.faults, ...vendors.faults])
    log.error({ code: fault.code, remedy: fault.remedy }, fault.message)
  return { server, vendors }
}

export function speaksTls({ https, mtls }: Settings): boolean {
  return https !== 'off' || mtls !== 'off'
}

function trusted({ vendors }: Loaded): readonly X509Certificate[] {
  return vendors.authorities.map(({ certificate }) => certificate)
}

function unregistered(model: string): never {
  throw new Error(`no driver makes files for ${model}`)
}
