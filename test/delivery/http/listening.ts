import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { type IncomingHttpHeaders, type OutgoingHttpHeaders, request as plainRequest } from 'node:http'
import { request as secureRequest } from 'node:https'
import { connect, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type ConnectionOptions, connect as secureConnect, type TlsOptions } from 'node:tls'
import { onTestFinished } from 'vitest'
import { loadServerCertificates } from '../../../src/delivery/certificates/server-certificates.ts'
import { listenerOptions } from '../../../src/delivery/certificates/tls-policy.ts'
import type { HttpLimits } from '../../../src/delivery/http/limits.ts'
import { type HttpListener, startHttp } from '../../../src/delivery/http/server.ts'
import type { DevicePlane } from '../../../src/delivery/plane.ts'

export const transports = ['http', 'https'] as const
export type Transport = (typeof transports)[number]

export interface Logged {
  readonly level: 'debug' | 'warn' | 'error'
  readonly fields: object
  readonly text: string
}

export interface Running extends HttpListener {
  readonly transport: Transport
  readonly port: number
  readonly log: Logged[]
}

export interface Wish {
  readonly limits?: Partial<HttpLimits>
  readonly trustedProxies?: readonly string[]
}

/** The listener under test on a free port, closed when the test is over. */
export async function start(transport: Transport, plane: DevicePlane, wish: Wish = {}): Promise<Running> {
  const log: Logged[] = []
  const { limits = {}, trustedProxies = [] } = wish
  const common = { listen: loopback, plane, trustedProxies, limits, log: logInto(log) }
  const listener =
    transport === 'http'
      ? await startHttp({ ...common, transport })
      : await startHttp({ ...common, transport, tls: await serverTls() })
  onTestFinished(() => listener.close())
  return { ...listener, transport, port: listener.address.port, log }
}

export const loopback = { host: '127.0.0.1', port: 0 }

export function logInto(log: Logged[]) {
  const at = (level: Logged['level']) => (fields: object, text: string) =>
    void log.push({ level, fields, text })
  return { debug: at('debug'), warn: at('warn'), error: at('error') }
}

let made: Promise<TlsOptions> | undefined

/** An RSA and an ECDSA pair, made once: keys are dear. */
export function serverTls(): Promise<TlsOptions> {
  made ??= makeServerTls()
  return made
}

export async function makeServerTls(): Promise<TlsOptions> {
  const folder = await mkdtemp(join(tmpdir(), 'bootline-http-'))
  try {
    const place = { folder, hosts: ['127.0.0.1'], now: Date.now() }
    const { pairs } = await loadServerCertificates(place)
    return listenerOptions({ pairs, policy: 'modern' })
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

export interface Reply {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
}

export interface Ask {
  readonly method?: string
  readonly headers?: OutgoingHttpHeaders
  readonly body?: string | Buffer
}

/** One request as Node's own client makes it, on a connection of its own. */
export async function ask(running: Running, path: string, wish: Ask = {}): Promise<Reply> {
  const make = running.transport === 'http' ? plainRequest : secureRequest
  const { method = 'GET', headers = {}, body } = wish
  const options = { host: '127.0.0.1', port: running.port, agent: false as const, rejectUnauthorized: false }
  return new Promise((resolve, reject) => {
    const asked = make({ ...options, path, method, headers }, (response) => {
      const pieces: Buffer[] = []
      response.on('data', (piece: Buffer) => pieces.push(piece)).on('error', reject)
      response.on('end', () => {
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(pieces) })
      })
    })
    asked.on('error', reject).end(body)
  })
}

/** A bare connection, on which anything can be said. */
export async function dial(running: Running, options: ConnectionOptions = {}): Promise<Socket> {
  const place = { host: '127.0.0.1', port: running.port }
  const socket =
    running.transport === 'http'
      ? connect(place)
      : secureConnect({ ...place, rejectUnauthorized: false, ...options })
  socket.on('error', () => {})
  onTestFinished(() => void socket.destroy())
  await once(socket, running.transport === 'http' ? 'connect' : 'secureConnect')
  return socket
}

/** All that comes until the server ends the connection. */
export async function untilClosed(socket: Socket): Promise<string> {
  const pieces: Buffer[] = []
  socket.on('data', (piece: Buffer) => pieces.push(piece))
  // Not `once` of node:events, which gives up at an error: a reset comes after what was heard before it.
  if (!socket.closed) await new Promise((resolve) => socket.once('close', resolve))
  return Buffer.concat(pieces).toString('latin1')
}

/** Says something on a connection of its own, and hears the server out. */
export async function say(running: Running, text: string | Buffer): Promise<string> {
  const socket = await dial(running)
  socket.write(text)
  return untilClosed(socket)
}

/** What comes until the text so far satisfies. */
export async function hear(socket: Socket, enough: (text: string) => boolean): Promise<string> {
  let text = ''
  while (!enough(text)) {
    const [piece] = (await once(socket, 'data')) as [Buffer]
    text += piece.toString('latin1')
  }
  return text
}

export interface Said {
  readonly code: number
  readonly stdout: string
}

/** curl, which knows nothing of how this server is made. */
export function curl(running: Running, path: string, ...args: string[]): Promise<Said> {
  const url = `${running.transport}://127.0.0.1:${running.port}${path}`
  return new Promise((resolve) => {
    execFile('curl', ['-sSik', '--path-as-is', ...args, url], { encoding: 'latin1' }, (error, stdout) => {
      resolve({ code: error ? Number(error.code ?? 1) : 0, stdout })
    })
  })
}
