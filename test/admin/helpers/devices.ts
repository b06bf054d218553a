import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Principal } from '../../../src/admin/principal.ts'
import { auditRoutes } from '../../../src/admin/routes/audit.ts'
import { certificateRoutes } from '../../../src/admin/routes/certificates.ts'
import { deviceRoutes } from '../../../src/admin/routes/devices.ts'
import { discoveredRoutes } from '../../../src/admin/routes/discovered.ts'
import { eventRoutes } from '../../../src/admin/routes/events.ts'
import { factRoutes } from '../../../src/admin/routes/facts.ts'
import { firmwareRoutes } from '../../../src/admin/routes/firmware.ts'
import { macLookupRoutes } from '../../../src/admin/routes/mac-lookup.ts'
import { modelRoutes } from '../../../src/admin/routes/models.ts'
import { rebootRoutes } from '../../../src/admin/routes/reboots.ts'
import { uploadRoutes } from '../../../src/admin/routes/uploads.ts'
import { createUploads } from '../../../src/delivery/uploads.ts'
import { catalogue } from '../../../src/devices/catalogue.ts'
import { applyEntries } from '../../../src/fleet/apply.ts'
import { readEntries } from '../../../src/fleet/entries.ts'
import { parseFleetText } from '../../../src/fleet/parse.ts'
import { maskedFiles } from '../../../src/provision/masked.ts'
import type { DeliveryRecord } from '../../../src/store/devices.ts'
import { surroundings } from '../../provision/support.ts'
import { fits } from './fleet.ts'
import { type Answered, type Asking, serving } from './serving.ts'

export const vvx = '64167fb269d6'
export const vvx250 = '64167fb269d7'
export const t54w = '805ec0aa0001'
export const base = '805ec0112233'
export const aubert = '0015659370f2'
export const minute = 60_000

const routes = [
  ...deviceRoutes,
  ...uploadRoutes,
  ...rebootRoutes,
  ...discoveredRoutes,
  ...macLookupRoutes,
  ...modelRoutes,
  ...firmwareRoutes,
  ...certificateRoutes,
  ...auditRoutes,
  ...factRoutes,
  ...eventRoutes,
]

const person = (
  name: string,
  parts: Pick<Principal, 'role' | 'companies'> & Partial<Principal>,
): Principal => ({
  kind: 'person',
  id: 2,
  name: `${name}@example.net`,
  locale: 'fr',
  ...parts,
})

const callers = {
  manager: person('manager', { role: 'manager', companies: ['Toine Immo'] }),
  stranger: person('stranger', { role: 'manager', companies: ['Menuiserie Aubert'] }),
  installer: person('installer', {
    role: 'installer',
    companies: ['Toine Immo'],
    sites: [{ company: 'Toine Immo', site: 'Grasse' }],
  }),
  elsewhere: person('elsewhere', {
    role: 'installer',
    companies: ['Toine Immo'],
    sites: [{ company: 'Toine Immo', site: 'Saint-Denis' }],
  }),
  user: person('user', { role: 'user', companies: ['Toine Immo'], line: '+33483050173' }),
  /** The second handset of a base. */
  handset: person('handset', { role: 'user', companies: ['Toine Immo'], line: '+33483050191' }),
}

/** The sample fleet, served; the clock stands where a test puts it, and every answer is held against its description. */
export async function servingDevices() {
  const clock = { now: Date.now(), nudges: 0 }
  const api = await serving(routes, callers, {
    now: () => clock.now,
    nudge: () => {
      clock.nudges += 1
    },
    filesOf: (mac, as) => maskedFiles(api.store, surroundings(), () => clock.now)(mac, as),
    uploads: { list: (mac) => uploads.list(mac), find: (...of) => uploads.find(...of) },
  })
  const uploads = createUploads(join(api.services.settings.data, 'uploads'))
  const fleet = parseFleetText(readFileSync('examples/toine-immo.yaml'))
  const who = { name: 'ana', source: 'cli' }
  await applyEntries(api.store, readEntries(fleet), catalogue, { who, prune: false })

  async function ask(method: string, path: string, options: Asking = {}): Promise<Answered> {
    const answered = await api.ask(method, path, options)
    const route = routes.find(
      (one) =>
        one.method === method.toLowerCase() &&
        new RegExp(`^${one.path.replaceAll(/\{\w+\}/g, '[^/]+')}$`).test(path.replace(/\?.*$/, '')),
    )
    if (answered.status < 300 && answered.body && route?.answer && !('contentType' in route.answer))
      fits(route, answered.body)
    return answered
  }

  return { ...api, ask, clock, uploads }
}

/** A file that a device got whole, unless said otherwise. */
export function delivery(mac: string, at: number, changes: Partial<DeliveryRecord> = {}): DeliveryRecord {
  return {
    at,
    mac,
    name: `${mac}.cfg`,
    kind: 'device',
    transport: 'https',
    method: 'GET',
    status: 200,
    bytes: 1000,
    complete: true,
    source: '192.0.2.7',
    ...changes,
  }
}
