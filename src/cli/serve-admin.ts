import { readFileSync } from 'node:fs'
import type { Metrics } from '../admin/ops/metrics.ts'
import { adminUrlOf } from '../admin/people/admin-url.ts'
import { ensureFirstOperator, type FirstOperator } from '../admin/people/first-operator.ts'
import { type AdminService, startAdminService } from '../admin/service.ts'
import { sourceOf } from '../delivery/access/source.ts'
import { serverHosts } from '../delivery/certificates/hosts.ts'
import { inspectCertificates } from '../delivery/certificates/inspect.ts'
import { deviceUrl } from '../delivery/device-url.ts'
import type { DeviceService } from '../delivery/service.ts'
import { catalogue } from '../devices/catalogue.ts'
import { drivers } from '../devices/vendors.ts'
import { maskedFiles } from '../provision/masked.ts'
import type { Settings } from '../settings.ts'
import type { Store } from '../store/store.ts'
import { Refusal } from './failure.ts'

export interface AdminWiring {
  readonly settings: Settings
  readonly store: Store
  readonly log: Parameters<typeof startAdminService>[0]['log']
  readonly metrics: Metrics
  readonly service: DeviceService
  readonly reboots: { nudge(): void }
  /** What is ready, and whether the end has begun. */
  readonly running: { readonly service?: DeviceService; readonly stopping: boolean }
}

/** The admin plane, given what the rooms it does not know have to offer. */
export function startAdmin(wiring: AdminWiring): Promise<AdminService> {
  const { settings, store, log, metrics, service, reboots, running } = wiring
  const now = Date.now
  const certificate = certificateOf(settings)
  return startAdminService({
    services: {
      settings,
      store,
      catalogue,
      drivers,
      now,
      nudge: () => {
        service.changed()
        reboots.nudge()
      },
      report: (error, requestId) => log.error({ err: error, requestId }, 'an import failed'),
      devicesUrl: deviceUrl(settings),
      filesOf: maskedFiles(store, service.surroundings, now),
      uploads: service.uploads,
      guard: service.guard,
      certificates: () =>
        inspectCertificates({ folder: settings.certs, hosts: serverHosts(settings.publicUrl), now: now() }),
    },
    log,
    metrics,
    readiness: { service: () => running.service, stopping: () => running.stopping },
    clientAddress: ({ socket, headers }) =>
      sourceOf(socket.remoteAddress, 'http', headers, settings.trustedProxies).address,
    ...(certificate ? { certificate } : {}),
    version,
  })
}

/** A link for whoever comes first, when nobody has been here yet. */
export function firstOperator(settings: Settings, store: Store): Promise<FirstOperator | undefined> {
  return ensureFirstOperator(store.people, adminUrlOf(settings), Date.now())
}

const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
  readonly version: string
}

function certificateOf({ adminCert, adminKey }: Settings): { cert: string; key: string } | undefined {
  if (adminCert === undefined || adminKey === undefined) return undefined
  try {
    return { cert: readFileSync(adminCert, 'utf8'), key: readFileSync(adminKey, 'utf8') }
  } catch (error) {
    throw new Refusal(
      'certificate-unreadable',
      `the certificate of the admin plane cannot be read: ${error instanceof Error ? error.message : ''}`,
      'check BOOTLINE_ADMIN_CERT and BOOTLINE_ADMIN_KEY, and that this user may read both',
    )
  }
}
