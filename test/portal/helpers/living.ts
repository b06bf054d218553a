import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll } from 'vitest'
import { createMetrics } from '../../../src/admin/ops/metrics.ts'
import { openSession } from '../../../src/admin/people/door.ts'
import { startAdmin } from '../../../src/cli/serve-admin.ts'
import { startDeviceService } from '../../../src/delivery/service.ts'
import { catalogue } from '../../../src/devices/catalogue.ts'
import { drivers } from '../../../src/devices/vendors.ts'
import type { Role } from '../../../src/domain/permissions.ts'
import { applyEntries } from '../../../src/fleet/apply.ts'
import { readEntries } from '../../../src/fleet/entries.ts'
import { parseFleetText } from '../../../src/fleet/parse.ts'
import { startRebootService } from '../../../src/reboot/service.ts'
import { readSettings } from '../../../src/settings.ts'
import { openStore } from '../../store/databases.ts'

const sample = fileURLToPath(new URL('../../../examples/toine-immo.yaml', import.meta.url))
const shippedTemplates = fileURLToPath(new URL('../../../templates', import.meta.url))
const quiet = { info: () => {}, warn: () => {}, error: () => {}, debug: () => {} }

export type Living = Awaited<ReturnType<typeof living>>

/**
 * The whole server with the sample fleet, for the tests of a file: devices can ask it, people can look at its pages.
 * It goes with the last test.
 */
export async function living(extra: Readonly<Record<string, string>> = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'bootline-portal-'))
  const read = readSettings({
    BOOTLINE_DATA: folder,
    BOOTLINE_CERTS: join(folder, 'certs'),
    BOOTLINE_ADMIN: '127.0.0.1:0',
    BOOTLINE_HTTP: '127.0.0.1:0',
    BOOTLINE_HTTPS: 'off',
    BOOTLINE_MTLS: 'off',
    BOOTLINE_TFTP: 'off',
    BOOTLINE_SIP: '127.0.0.1:0',
    ...extra,
  })
  if (!('settings' in read)) throw new Error(`the settings of the test are refused: ${JSON.stringify(read)}`)
  const { settings } = read
  const store = await openStore({ folder })
  const write = (given: unknown, name = 'test') =>
    applyEntries(store, readEntries(given), catalogue, { prune: false, who: { name, source: 'test' } })
  await write(parseFleetText(await readFile(sample)))
  const metrics = createMetrics({ store, now: Date.now })
  const log = quiet as never
  const service = await startDeviceService({
    settings,
    store,
    catalogue,
    drivers,
    log,
    shippedTemplates,
    measures: metrics.measures,
  })
  const reboots = startRebootService({ settings, store, catalogue, drivers, log })
  const running = { service, stopping: false }
  const admin = await startAdmin({ settings, store, log, metrics, service, reboots, running })
  const address = admin.address ?? ''
  afterAll(async () => {
    running.stopping = true
    await reboots.close()
    await service.close()
    await admin.close()
    await store.close()
    await rm(folder, { recursive: true, force: true })
  })

  return {
    address,
    /** Where devices ask. */
    devices: service.addresses,
    store,
    settings,
    service,
    /** Changes companies as somebody of this name does by a fleet file. */
    async change(companies: readonly object[], name?: string) {
      await write({ companies }, name)
    },
    /** The cookies of somebody of this role, who has signed in. */
    async signedIn(role: Role, locale: 'fr' | 'en' = 'fr') {
      const email = `${role}-${locale}@example.net`
      const author = { name: 'test', source: 'test', at: Date.now() }
      const person =
        (await store.people.find({ email })) ??
        (await store.people.add(author, { email, name: names[role], locale, ...scopes[role]() }))
      const door = { people: store.people, now: Date.now, adminUrl: undefined }
      const visitor = { address: '127.0.0.1', userAgent: 'test', secure: false }
      const cookies = await openSession(door, person, 'whole', visitor)
      return cookies.map((cookie) => {
        const [name = '', value = ''] = (cookie.split(';')[0] ?? '').split('=')
        return { name, value, url: address }
      })
    },
  }
}

const names: Readonly<Record<Role, string>> = {
  operator: 'Odile Opé',
  manager: 'Maud Gérant',
  installer: 'Ivan Stalleur',
  user: 'Stéphane Biel',
}

const scopes = {
  operator: () => ({ role: 'operator' as const, companies: [], sites: [] }),
  manager: () => ({ role: 'manager' as const, companies: ['Toine Immo'], sites: [] }),
  installer: () => ({
    role: 'installer' as const,
    companies: [],
    sites: [
      { company: 'Toine Immo', site: 'Grasse', until: Date.now() + 86_400_000 },
      { company: 'Toine Immo', site: 'Saint-Denis', until: Date.now() + 86_400_000 },
    ],
  }),
  user: () => ({ role: 'user' as const, companies: ['Toine Immo'], sites: [], line: '+33483050173' }),
}
