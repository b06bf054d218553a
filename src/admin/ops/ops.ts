import { BlockList, isIPv6 } from 'node:net'
import { type Request, type Response, Router } from 'express'
import { judge } from '../../domain/permissions.ts'
import type { Authenticate } from '../authenticate.ts'
import { fail, type Locals, type Report } from '../http/api.ts'
import { ApiFailure } from '../http/failure.ts'
import { unknownCaller } from '../http/handler.ts'
import type { Metrics } from './metrics.ts'
import { type Readiness, reasonsNotReady } from './ready.ts'

export interface OpsParts extends Readiness {
  readonly metrics: Metrics
  readonly authenticate: Authenticate
  readonly report: Report
}

/**
 * What the machinery around the server asks: is it alive, can it serve, how is it doing. The first two tell nothing
 * that a stranger could use; the metrics are for this machine, or for whoever may read the state of the server.
 */
export function createOps(parts: OpsParts): Router {
  const router = Router({ caseSensitive: true, strict: true })
  router.get('/healthz', (_request, response) => {
    send(response, 200, { alive: true })
  })
  router.get('/readyz', async (_request, response) => {
    const reasons = await reasonsNotReady(parts)
    send(response, reasons.length === 0 ? 200 : 503, { ready: reasons.length === 0, reasons })
  })
  router.get('/metrics', async (request, response) => {
    try {
      await admit(request, response, parts.authenticate)
      const { contentType, text } = await parts.metrics.page()
      response.status(200).setHeader('Content-Type', contentType).setHeader('Cache-Control', 'no-store')
      response.end(text)
    } catch (error) {
      fail(error, response, parts.report)
    }
  })
  return router
}

function send(response: Response, status: number, body: object): void {
  response.status(status).setHeader('Cache-Control', 'no-store').json(body)
}

async function admit(request: Request, response: Response, authenticate: Authenticate): Promise<void> {
  if (isFromHere(request)) return
  const who = await authenticate(request, (response.locals as Locals).from)
  if (!who) throw unknownCaller()
  if (judge(who, 'server.read', {}) === 'may') return
  throw new ApiFailure(
    403,
    'not-allowed',
    'this is not for you to do (server.read)',
    'ask somebody who runs this server',
  )
}

const loopback = new BlockList()
loopback.addSubnet('127.0.0.0', 8, 'ipv4')
loopback.addAddress('::1', 'ipv6')

const forwarded = ['x-forwarded-for', 'forwarded', 'x-real-ip', 'via']

/** A proxy on this machine brings the whole world from the loopback address: what it forwards is not from here. */
function isFromHere({ socket, headers }: Request): boolean {
  const address = socket.remoteAddress ?? ''
  const plain = address.startsWith('::ffff:') ? address.slice('::ffff:'.length) : address
  if (!plain || forwarded.some((name) => headers[name] !== undefined)) return false
  return loopback.check(plain, isIPv6(plain) ? 'ipv6' : 'ipv4')
}
