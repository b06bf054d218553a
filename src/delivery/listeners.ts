import type { AddressInfo } from 'node:net'
import type { TlsOptions } from 'node:tls'
import type { Address, Settings } from '../settings.ts'
import { writtenAddress } from '../settings.ts'
import { listenerOptions, policyWarning } from './certificates/tls-policy.ts'
import type { Loaded } from './certificates/watch.ts'
import { type SecureListener, startHttp } from './http/server.ts'
import type { ServiceLog } from './log.ts'
import type { Measures } from './measures.ts'
import type { DevicePlane } from './plane.ts'
import { startTftp } from './tftp/server.ts'
import { tftpFiles } from './tftp-files.ts'
import { startPnp } from './zero-touch/pnp.ts'

export interface Listeners {
  /** What listens where: `{ http: '0.0.0.0:8080', … }`. */
  readonly addresses: Readonly<Record<string, string>>
  reload(certificates: Loaded): void
  close(): Promise<void>
}

export interface ListenersParts {
  readonly settings: Settings
  readonly plane: DevicePlane
  readonly certificates: Loaded
  /** What devices are told to come to. */
  readonly url: string
  readonly log: ServiceLog
  readonly measures: Measures
  /** The key of session tickets, where processes that share a port take each other's; otherwise a listener makes its own. */
  readonly ticketKeys?: () => Buffer
}

/** Whatever hears devices. */
interface Listener {
  readonly address: AddressInfo
  close(): Promise<void>
}

/** Opens every listener that is not off; if one cannot be opened, none stays. */
export async function startListeners({
  settings,
  plane,
  certificates,
  url,
  log,
  measures,
  ticketKeys,
}: ListenersParts): Promise<Listeners> {
  const { tlsPolicy, trustedProxies } = settings
  const opened: Listener[] = []
  const secure: { transport: 'https' | 'mtls'; listener: SecureListener }[] = []
  const addresses: Record<string, string> = {}
  const common = { plane, trustedProxies, log, measures }
  const tlsFor = (transport: 'https' | 'mtls', { server, vendors }: Loaded): TlsOptions => ({
    ...listenerOptions({
      pairs: server.pairs,
      policy: tlsPolicy[transport],
      ...(transport === 'mtls' ? { vendors: vendors.authorities } : {}),
    }),
    ...(ticketKeys ? { ticketKeys: ticketKeys() } : {}),
  })
  const note = (name: string, listener: Listener) => {
    opened.push(listener)
    addresses[name] = writtenAddress({ host: listener.address.address, port: listener.address.port })
  }
  try {
    await whenOn(settings.http, async (listen) =>
      note('http', await startHttp({ ...common, transport: 'http', listen })),
    )
    for (const transport of ['https', 'mtls'] as const) {
      await whenOn(settings[transport], async (listen) => {
        const warning = policyWarning(tlsPolicy[transport])
        if (warning !== undefined) log.warn({ listener: transport }, warning)
        const listener = await startHttp({
          ...common,
          transport,
          listen,
          tls: tlsFor(transport, certificates),
        })
        secure.push({ transport, listener })
        note(transport, listener)
      })
    }
    await whenOn(settings.tftp, async (listen) =>
      note('tftp', await startTftp({ listen, files: tftpFiles(plane, measures), log })),
    )
    await whenOn(settings.pnp, async ({ host, port }) => {
      const heard = isEverywhere(host) ? { port } : { port, interface: host }
      note('pnp', await startPnp({ listen: heard, url: () => url, log }))
    })
  } catch (error) {
    await Promise.all(opened.map((listener) => listener.close()))
    throw error
  }
  return {
    addresses,
    reload(loaded) {
      for (const { transport, listener } of secure) listener.reload(tlsFor(transport, loaded))
    },
    async close() {
      await Promise.all(opened.map((listener) => listener.close()))
    },
  }
}

function isEverywhere(host: string): boolean {
  return host === '0.0.0.0' || host === '::'
}

async function whenOn(address: Address | 'off', open: (address: Address) => Promise<void>): Promise<void> {
  if (address === 'off') return
  try {
    await open(address)
  } catch (error) {
    throw cannotListen(address, error)
  }
}

class ListenError extends Error {
  readonly code = 'cannot-listen'
  readonly remedy: string
  constructor(message: string, remedy: string) {
    super(message)
    this.remedy = remedy
  }
}

function cannotListen(address: Address, error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  const where = writtenAddress(address)
  if (code === 'EADDRINUSE')
    return new ListenError(
      `something else listens on ${where}`,
      'end that, or set another port: bootline help settings',
    )
  if (code === 'EACCES')
    return new ListenError(
      `this user may not listen on ${where}`,
      'take a port above 1023, or allow it: setcap cap_net_bind_service=+ep on node',
    )
  if (code === 'EADDRNOTAVAIL')
    return new ListenError(`${where} is no address of this machine`, 'set one that is, or 0.0.0.0 for all')
  return error
}
