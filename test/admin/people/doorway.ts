import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished } from 'vitest'
import { createApi } from '../../../src/admin/http/api.ts'
import { createReplays } from '../../../src/admin/http/replays.ts'
import { createAuthenticate } from '../../../src/admin/people/authenticate.ts'
import { hashPassword } from '../../../src/admin/people/password.ts'
import type { Provider } from '../../../src/admin/people/provider.ts'
import { createSignIn } from '../../../src/admin/people/sign-in-router.ts'
import { doorPages } from '../../../src/admin/portal/door/pages.ts'
import { readViews } from '../../../src/admin/portal/views.ts'
import type { Route } from '../../../src/admin/route.ts'
import { peopleRoutes } from '../../../src/admin/routes/people.ts'
import { startAdminServer } from '../../../src/admin/server.ts'
import type { Services } from '../../../src/admin/services.ts'
import { catalogue } from '../../../src/devices/catalogue.ts'
import { drivers } from '../../../src/devices/vendors.ts'
import type { Scope } from '../../../src/domain/scope.ts'
import { applyEntries } from '../../../src/fleet/apply.ts'
import { readEntries } from '../../../src/fleet/entries.ts'
import { readSettings } from '../../../src/settings.ts'
import type { Person } from '../../../src/store/people-read.ts'
import { openStore } from '../../store/databases.ts'
import { type Browser, browserAt } from './browser.ts'

export const password = 'horse battery staple'

const fleet = {
  companies: [
    {
      name: 'A',
      sip: { domain: 'a.example.net' },
      sites: [{ name: 'Grasse' }, { name: 'Nice' }],
      lines: [{ number: '+33483050173', kind: 'fixed', site: 'Grasse', firstName: 'Anne' }],
    },
    { name: 'B', sip: { domain: 'b.example.net' }, sites: [{ name: 'Paris' }], lines: [] },
  ],
}

export interface DoorwayOptions {
  readonly env?: Record<string, string>
  /** Made once the server's address is known. */
  readonly provider?: (address: string) => Provider
}

/** A real store, a real server with its door and the API behind it, and a clock that the test moves. */
export async function doorway(options: DoorwayOptions = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'bootline-people-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const read = readSettings({ BOOTLINE_DATA: folder, ...options.env })
  if (!('settings' in read)) throw new Error('the settings of the test are refused')
  const clock = { now: Date.UTC(2026, 10, 21, 9) }
  const store = await openStore({ folder, now: () => clock.now })
  onTestFinished(() => store.close())
  const who = { name: 'test', source: 'test' }
  await applyEntries(store, readEntries(fleet), catalogue, { prune: false, who })
  const services: Services = {
    settings: read.settings,
    store,
    catalogue,
    drivers,
    now: () => clock.now,
    nudge: () => {},
    report: () => {},
    devicesUrl: 'http://192.0.2.1:8080/',
    filesOf: async () => undefined,
    guard: { suspects: () => [], forgive: () => false },
    uploads: { list: async () => [], find: async () => undefined },
    certificates: async () => ({ source: 'nothing-yet', certificates: [], vendors: [], faults: [] }),
  }
  const door = { people: store.people, now: services.now, adminUrl: read.settings.adminUrl }
  const faults: unknown[] = []
  const logged: string[] = []
  const log = (fields: object) => void logged.push(JSON.stringify(fields))
  const later: { provider?: Provider } = {}
  const provider: Provider = {
    begin: (next) => later.provider?.begin(next) ?? Promise.reject(new Error('no provider')),
    finish: (came, errand) =>
      later.provider?.finish(came, errand) ?? Promise.reject(new Error('no provider')),
  }
  const report = (error: unknown) => void faults.push(error)
  const server = await startAdminServer({
    listen: { host: '127.0.0.1', port: 0 },
    sourceOf: ({ headers }) => String(headers['x-test-source'] ?? '127.0.0.1'),
    log: { info: log, warn: log, error: log },
    mount: (app) => {
      const pages = doorPages({ render: readViews(), addresses: {}, now: services.now })
      const given = options.provider ? { provider } : {}
      app.use(createSignIn({ door, pages, landing: '/home', report, ...given }))
      app.use(
        '/api/v1',
        createApi({
          routes: peopleRoutes.map(checked),
          services,
          replays: createReplays(store, services.now),
          authenticate: createAuthenticate(door),
          report,
        }),
      )
    },
  })
  onTestFinished(() => server.close())
  if (options.provider) later.provider = options.provider(server.address)

  /** Somebody with a password, who has been here before. */
  async function somebody(email: string, scope: Partial<Scope> = {}): Promise<Person> {
    const author = { ...who, at: clock.now }
    const whole = { role: 'operator' as const, companies: [], sites: [], ...scope }
    const person = await store.people.add(author, { email, name: email, locale: 'fr', ...whole })
    await store.people.credentials.setPassword(person.id, await passwordHash)
    return person
  }

  return {
    store,
    people: store.people,
    services,
    clock,
    faults,
    logged,
    address: server.address,
    folder,
    somebody,
    browser: (source?: string): Browser => browserAt(server.address, source),
    /** A browser in which that person is signed in. */
    async signedIn(email: string): Promise<Browser> {
      const browser = browserAt(server.address)
      const { status } = await browser.post('/sign-in', { email, password })
      if (status !== 200) throw new Error(`signing in gave ${status}`)
      return browser
    },
  }
}

/** The operation itself, whose every answer has to be what its description says, and no more than that. */
function checked(route: Route): Route {
  return {
    ...route,
    async handle(call) {
      const reply = await route.handle(call)
      const { answer } = route
      expect(reply.body === undefined, `${route.id} answers`).toBe(answer === undefined)
      if (answer && 'parse' in answer) {
        const sent: unknown = JSON.parse(JSON.stringify(reply.body))
        expect(answer.parse(sent), route.id).toEqual(sent)
      }
      return reply
    },
  }
}

/** Once for all tests: it is meant to take its time. */
const passwordHash = hashPassword(password)

export type Doorway = Awaited<ReturnType<typeof doorway>>
