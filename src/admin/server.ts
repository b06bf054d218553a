import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import express, { type Express, type NextFunction, type Request, type Response } from 'express'
import type { Address } from '../settings/parse.ts'
import { fail, type Locals } from './http/api.ts'
import { ApiFailure, nothingThere } from './http/failure.ts'

export interface AdminServerParts {
  readonly listen: Address
  /** Serves HTTPS when there is one. */
  readonly certificate?: { readonly cert: string; readonly key: string }
  /** The real address behind proxies that are trusted. */
  readonly sourceOf: (request: Request) => string
  readonly log: AdminLog
  /** Adds everything that is served, in its order. */
  readonly mount: (app: Express) => void
}

export interface AdminLog {
  info(fields: object, message: string): void
  warn(fields: object, message: string): void
  error(fields: object, message: string): void
}

export interface AdminServer {
  readonly address: string
  /** Lets requests under way end. */
  close(): Promise<void>
}

/** The listener for people and programs. What every answer has in common is put here and nowhere else. */
export async function startAdminServer(parts: AdminServerParts): Promise<AdminServer> {
  const { log, certificate } = parts
  const app = express()
  app.disable('x-powered-by')
  app.set('etag', false)
  app.set('query parser', 'simple')
  app.use((request, response, next) => begin(request, response, next, parts))
  parts.mount(app)
  const report = (error: unknown, requestId: string) =>
    log.error({ err: error, requestId }, 'a request failed')
  app.use((_request: Request, response: Response) => fail(nothingThere(), response, report))
  app.use((error: unknown, _request: Request, response: Response, _next: NextFunction) => {
    fail(error instanceof URIError ? unreadable() : error, response, report)
  })
  const limits = {
    requestTimeout: 60_000,
    headersTimeout: 10_000,
    keepAliveTimeout: 15_000,
    maxHeaderSize: 16_384,
  }
  const server: Server = certificate
    ? createSecureServer({ ...certificate, ...limits, minVersion: 'TLSv1.2' }, app)
    : createServer(limits, app)
  server.listen(parts.listen.port, parts.listen.host)
  await once(server, 'listening')
  const { address, port, family } = server.address() as AddressInfo
  const host = family === 'IPv6' ? `[${address}]` : address
  return {
    address: `${certificate ? 'https' : 'http'}://${host}:${port}/`,
    async close() {
      const closed = once(server, 'close')
      server.close()
      server.closeIdleConnections()
      const patience = setTimeout(() => server.closeAllConnections(), 5_000)
      await closed
      clearTimeout(patience)
    },
  }
}

function begin(request: Request, response: Response, next: NextFunction, parts: AdminServerParts): void {
  const locals: Locals = { requestId: randomUUID(), from: parts.sourceOf(request) }
  Object.assign(response.locals, locals)
  response.setHeader('X-Request-Id', locals.requestId)
  response.setHeader('X-Content-Type-Options', 'nosniff')
  response.setHeader('X-Frame-Options', 'DENY')
  response.setHeader('Referrer-Policy', 'same-origin')
  response.setHeader('Cross-Origin-Opener-Policy', 'same-origin')
  response.setHeader('Permissions-Policy', 'camera=(self), geolocation=(), microphone=()')
  response.setHeader(
    'Content-Security-Policy',
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; manifest-src 'self'; media-src 'self' blob:",
  )
  if (parts.certificate) response.setHeader('Strict-Transport-Security', 'max-age=31536000')
  const began = performance.now()
  response.once('close', () => {
    const { method, originalUrl } = request
    // A query may hold what somebody searched for, which is nobody's business in a log.
    const path = originalUrl.replace(/\?.*$/s, '')
    const took = Math.round(performance.now() - began)
    parts.log.info(
      { requestId: locals.requestId, from: locals.from, method, path, status: response.statusCode, took },
      'request',
    )
  })
  next()
}

function unreadable(): ApiFailure {
  return new ApiFailure(400, 'address-unfit', 'the address cannot be read', 'escape it as URLs are escaped')
}
