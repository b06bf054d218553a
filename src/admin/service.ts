import type { IncomingMessage } from 'node:http'
import type { Express } from 'express'
import { createApi, type Report } from './http/api.ts'
import { createApiPage } from './http/api-page.ts'
import { openApi } from './http/openapi.ts'
import { createReplays } from './http/replays.ts'
import type { Metrics } from './ops/metrics.ts'
import { createOps } from './ops/ops.ts'
import type { Readiness } from './ops/ready.ts'
import { createAuthenticate } from './people/authenticate.ts'
import type { Door } from './people/door.ts'
import { providerOf } from './people/provider.ts'
import { createSignIn } from './people/sign-in-router.ts'
import { readAssets } from './portal/assets.ts'
import { doorPages } from './portal/door/pages.ts'
import { createPortal } from './portal/router.ts'
import { readViews } from './portal/views.ts'
import { importsEnded, interrupted } from './routes/imports-runner.ts'
import { routes } from './routes/index.ts'
import { type AdminLog, startAdminServer } from './server.ts'
import type { Services } from './services.ts'

export interface AdminParts {
  readonly services: Services
  readonly log: AdminLog
  readonly metrics: Metrics
  readonly readiness: Pick<Readiness, 'service' | 'stopping'>
  /** The client's address, behind proxies that are trusted too. */
  readonly clientAddress: (request: IncomingMessage) => string
  /** Serves HTTPS with it. */
  readonly certificate?: { readonly cert: string; readonly key: string }
  readonly version: string
}

export interface AdminService {
  /** Absent when the admin plane is off. */
  readonly address?: string
  close(): Promise<void>
}

/** Everything for people and programs: signing in, the operations, what tells how the server is doing. */
export async function startAdminService(parts: AdminParts): Promise<AdminService> {
  const { services, log, clientAddress, certificate } = parts
  const { settings } = services
  if (settings.admin === 'off') return { close: async () => {} }
  const ended = await services.store.imports.abandon(interrupted, services.now())
  if (ended > 0) log.warn({ imports: ended }, 'imports were interrupted by the end of the server')
  const server = await startAdminServer({
    listen: settings.admin,
    ...(certificate ? { certificate } : {}),
    sourceOf: clientAddress,
    log,
    mount: (app) => mount(app, parts),
  })
  return {
    address: server.address,
    async close() {
      await server.close()
      await importsEnded(services)
    },
  }
}

function mount(app: Express, { services, log, metrics, readiness, version }: AdminParts): void {
  const { settings, store, now } = services
  const report: Report = (error, requestId) => log.error({ err: error, requestId }, 'a request failed')
  const door: Door = { people: store.people, now, adminUrl: settings.adminUrl }
  const authenticate = createAuthenticate(door)
  const provider = providerOf(settings)
  app.use(createOps({ store, metrics, authenticate, report, ...readiness }))
  const [render, assets] = [readViews(), readAssets()]
  const pages = doorPages({ render, addresses: assets.addresses, now })
  app.use(createSignIn({ door, pages, ...(provider ? { provider } : {}), landing: '/', report }))
  const description = openApi(routes, version)
  app.get('/api/v1/openapi.json', (_request, response) => {
    response.json(description)
  })
  app.use('/api/docs', createApiPage())
  app.use(
    '/api/v1',
    createApi({ routes, services, authenticate, replays: createReplays(store, now), report }),
  )
  app.use(createPortal({ door, routes, services, report, render, assets }))
}
