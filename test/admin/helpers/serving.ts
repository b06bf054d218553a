import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type express from 'express'
import { createApi } from '../../../src/admin/http/api.ts'
import { createReplays } from '../../../src/admin/http/replays.ts'
import type { Principal } from '../../../src/admin/principal.ts'
import type { Route } from '../../../src/admin/route.ts'
import { importsEnded } from '../../../src/admin/routes/imports-runner.ts'
import { startAdminServer } from '../../../src/admin/server.ts'
import type { Services } from '../../../src/admin/services.ts'
import { catalogue } from '../../../src/devices/catalogue.ts'
import { drivers } from '../../../src/devices/vendors.ts'
import { readSettings } from '../../../src/settings.ts'
import { openStore } from '../../store/databases.ts'

/** Callers of the tests, by the token they send: an operator who may do everything, and whoever a test adds. */
export type Callers = Record<string, Principal>

export const operator: Principal = {
  kind: 'person',
  id: 1,
  name: 'operator@example.net',
  role: 'operator',
  companies: 'all',
  locale: 'fr',
}

/** A real store and a real server of operations, with callers that are known by their word alone. */
export async function serving(
  routes: readonly Route[],
  callers: Callers = {},
  extra: Partial<Services> = {},
) {
  const folder = await mkdtemp(join(tmpdir(), 'bootline-admin-'))
  const read = readSettings({ BOOTLINE_DATA: folder })
  if (!('settings' in read)) throw new Error('the settings of the test are refused')
  const { settings } = read
  const store = await openStore({ folder })
  const faults: unknown[] = []
  const known: Callers = { operator, ...callers }
  const services: Services = {
    settings,
    store,
    catalogue,
    drivers,
    now: Date.now,
    nudge: () => {},
    report: (error) => faults.push(error),
    devicesUrl: 'http://192.0.2.1:8080/',
    filesOf: async () => undefined,
    guard: { suspects: () => [], forgive: () => false },
    uploads: { list: async () => [], find: async () => undefined },
    certificates: async () => ({ source: 'nothing-yet', certificates: [], vendors: [], faults: [] }),
    ...extra,
  }
  const quiet = { info: () => {}, warn: () => {}, error: () => {} }
  const server = await startAdminServer({
    listen: { host: '127.0.0.1', port: 0 },
    sourceOf: (request) => request.socket.remoteAddress ?? '',
    log: quiet,
    mount: (app: express.Express) => {
      app.use(
        '/api/v1',
        createApi({
          routes,
          services,
          replays: createReplays(store, services.now),
          authenticate: async ({ headers }) =>
            known[/^Bearer (\S+)$/.exec(headers.authorization ?? '')?.[1] ?? ''],
          report: (error) => faults.push(error),
        }),
      )
    },
  })

  /** One request; the body is JSON both ways. */
  async function ask(method: string, path: string, options: Asking = {}): Promise<Answered> {
    const { as = 'operator', body, headers = {} } = options
    const response = await fetch(`${server.address}api/v1${path}`, {
      method,
      headers: {
        Authorization: `Bearer ${as}`,
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
    const text = await response.text()
    const isJson = /\bjson\b/.test(response.headers.get('content-type') ?? '')
    return {
      status: response.status,
      headers: response.headers,
      text,
      body: isJson && text ? JSON.parse(text) : undefined,
      etag: response.headers.get('etag') ?? undefined,
    }
  }

  return {
    store,
    services,
    faults,
    address: server.address,
    ask,
    async close() {
      await server.close()
      await importsEnded(services)
      await store.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

export interface Asking {
  /** The caller's word; the operator's when absent. */
  readonly as?: string
  /** Sent as it is when it is a text, as JSON otherwise. */
  readonly body?: unknown
  readonly headers?: Record<string, string>
}

export interface Answered {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  // biome-ignore lint/suspicious/noExplicitAny: what a test expects of it is what it checks.
  readonly body: any
  readonly etag: string | undefined
}
