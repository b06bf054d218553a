import { once } from 'node:events'
import { createServer, type Server, type ServerOptions } from 'node:http'
import { createServer as createSecureServer, Server as SecureServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import type { TlsOptions } from 'node:tls'
import { type Measures, noMeasures } from '../measures.ts'
import type { DevicePlane } from '../plane.ts'
import { type Connections, trackConnections } from './connections.ts'
import type { Desk } from './handler.ts'
import { hear } from './hearing.ts'
import { DEFAULT_LIMITS, type HttpLimits } from './limits.ts'
import type { HttpLog } from './log.ts'
import { watchOverload } from './overload.ts'
import { type SecureTransport, secureOptions } from './secure.ts'

interface CommonOptions {
  /** One address, IPv4 or IPv6. Port 0 takes a free one. */
  readonly listen: { readonly host: string; readonly port: number }
  readonly plane: DevicePlane
  /** Networks whose word for where a request comes from is believed. */
  readonly trustedProxies: readonly string[]
  readonly log: HttpLog
  readonly limits?: Partial<HttpLimits>
  /** Who counts what happens; absent: nobody. */
  readonly measures?: Measures
}

export interface PlainOptions extends CommonOptions {
  readonly transport: 'http'
}

export interface SecureOptions extends CommonOptions {
  readonly transport: SecureTransport
  /** Certificates, keys, protocols and ciphers; for `mtls` also the CAs of devices. */
  readonly tls: TlsOptions
}

export interface HttpListener {
  readonly address: AddressInfo
  /** Hears no more requests, lets answers end for a short while, then ends them. */
  close(): Promise<void>
}

export interface SecureListener extends HttpListener {
  /** Goes on with other certificates; what is connected stays. Throws, and changes nothing, when they cannot serve. */
  reload(tls: TlsOptions): void
}

export function startHttp(options: PlainOptions): Promise<HttpListener>
export function startHttp(options: SecureOptions): Promise<SecureListener>
export async function startHttp(
  options: PlainOptions | SecureOptions,
): Promise<HttpListener | SecureListener> {
  const { log, transport, plane, trustedProxies, measures = noMeasures } = options
  const limits = { ...DEFAULT_LIMITS, ...options.limits }
  const delivered = (seconds: number): void => measures.delivered(transport, seconds)
  const connections = trackConnections(limits, trustedProxies, { log, delivered })
  const overload = watchOverload(limits, log, (now) => connections.endStalled(now))
  const room = { left: limits.uploadBytes }
  const desk: Desk = {
    plane,
    transport,
    trustedProxies,
    connections,
    overload,
    limits,
    room,
    log,
    measures,
    closing: false,
  }
  const server = serverFor(options, limits)
  hear(server, desk)
  server.listen({ ...options.listen, backlog: BACKLOG })
  await once(server, 'listening').catch((error: unknown) => {
    overload.stop()
    throw error
  })
  server.on('error', (error) => log.error({ err: error, transport }, 'a listener failed'))

  let closed: Promise<void> | undefined
  const listener: HttpListener = {
    address: server.address() as AddressInfo,
    close() {
      desk.closing = true
      closed ??= close(server, connections, limits.closeGrace).finally(overload.stop)
      return closed
    },
  }
  if (!(server instanceof SecureServer) || options.transport === 'http') return listener
  const secure = options.transport
  return { ...listener, reload: (tls) => server.setSecureContext(secureOptions(tls, secure)) }
}

/** A whole site may come back at one moment; the kernel cuts this down to what it allows. */
const BACKLOG = 4096

function serverFor(options: PlainOptions | SecureOptions, limits: HttpLimits): Server | SecureServer {
  const http: ServerOptions = {
    maxHeaderSize: limits.headerBytes,
    headersTimeout: limits.headersTime,
    requestTimeout: limits.requestTime,
    keepAliveTimeout: limits.keepAliveTime,
    connectionsCheckingInterval: Math.min(5_000, limits.headersTime),
    // Node's own answer would be chunked.
    requireHostHeader: false,
  }
  const server =
    options.transport === 'http'
      ? createServer(http)
      : createSecureServer({
          ...secureOptions(options.tls, options.transport),
          ...http,
          handshakeTimeout: limits.handshakeTime,
        })
  server.maxConnections = Math.ceil(limits.connections * 1.1)
  return server
}

async function close(server: Server | SecureServer, connections: Connections, grace: number): Promise<void> {
  const ended = once(server, 'close')
  server.close()
  connections.closeWhenAnswered()
  const timer = setTimeout(() => connections.destroyAll(), grace)
  await ended
  clearTimeout(timer)
}
