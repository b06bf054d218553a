import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { serverHosts } from '../delivery/certificates/hosts.ts'
import { trustedPem } from '../delivery/certificates/inspect.ts'
import { deviceUrl } from '../delivery/device-url.ts'
import { catalogue } from '../devices/catalogue.ts'
import type { Driver } from '../devices/driver.ts'
import { drivers } from '../devices/vendors.ts'
import { firmwareImages, imageFor } from '../provision/firmware.ts'
import type { Surroundings } from '../provision/live-device.ts'
import { overlaidTemplates } from '../provision/templates.ts'
import type { Settings } from '../settings.ts'

const shippedTemplates = fileURLToPath(new URL('../../templates', import.meta.url))

/** What a running server would render with, read from where it reads it and with nothing made. */
export async function surroundingsFor(
  settings: Settings,
  warn: (text: string) => void,
): Promise<Surroundings> {
  const { certs: folder, publicUrl, firmware, templates: own } = settings
  const pem = await trustedPem({ folder, hosts: serverHosts(publicUrl), now: Date.now() })
  const images = firmwareImages(firmware, catalogue)
  return {
    catalogue,
    driverOf(model) {
      const driver = drivers.find(({ models }) => models.includes(model))
      if (!driver) throw new Error(`no driver makes files for ${model.id}`)
      return driver
    },
    templatesOf: (driver: Driver) =>
      overlaidTemplates(
        join(shippedTemplates, driver.name),
        own === undefined ? undefined : join(own, driver.name),
        driver,
        (file, reason) => warn(`the template ${file} is broken, the shipped one serves: ${reason}`),
      ),
    url: deviceUrl(settings),
    caPem: () => pem,
    imageFor: (model) => imageFor(model, images),
  }
}
