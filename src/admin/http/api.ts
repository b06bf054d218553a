import { type Request, type Response, Router } from 'express'
import type { Authenticate } from '../authenticate.ts'
import type { Reply, Route } from '../route.ts'
import type { Services } from '../services.ts'
import { nothingThere, tell } from './failure.ts'
import { answer, perform } from './handler.ts'
import type { Replays } from './replays.ts'

export interface ApiParts {
  readonly routes: readonly Route[]
  readonly services: Services
  readonly authenticate: Authenticate
  readonly replays: Replays
  readonly report: Report
}

export type Report = (error: unknown, requestId: string) => void

/** All operations under /api/v1. Every path that is not one of them gets the same answer, signed in or not. */
export function createApi(parts: ApiParts): Router {
  const router = Router({ caseSensitive: true, strict: true })
  for (const route of [...parts.routes].sort(fixedFirst)) {
    const path = route.path.replaceAll(/\{(\w+)\}/g, ':$1')
    router[route.method](path, async (request, response) => {
      const { requestId, from } = response.locals as Locals
      try {
        const who = await parts.authenticate(request, from)
        const params = request.params as Record<string, string>
        const asked = { request, params, query: request.query, who, requestId, from }
        const reply: Reply = await perform(route, asked, parts.services, parts.replays)
        answer(request, response, route, reply)
      } catch (error) {
        fail(error, response, parts.report)
      }
    })
  }
  router.use((_request: Request, response: Response) => fail(nothingThere(), response, parts.report))
  return router
}

/** What was worked out of a request before its operation. */
export interface Locals {
  readonly requestId: string
  readonly from: string
}

/** `/lines/export` before `/lines/{line}`: a word of ours is not somebody's name. */
function fixedFirst(a: Route, b: Route): number {
  const order = ({ path }: Route) =>
    path
      .split('/')
      .map((step) => (step.startsWith('{') ? '1' : '0'))
      .join('')
  return order(a) < order(b) ? -1 : order(a) > order(b) ? 1 : 0
}

export function fail(error: unknown, response: Response, report: Report): void {
  const { requestId } = response.locals as Locals
  const { document, headers, unexpected } = tell(error, requestId)
  if (unexpected) report(error, requestId)
  if (response.headersSent) {
    response.destroy()
    return
  }
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value)
  response
    .status(document.status)
    .setHeader('Content-Type', 'application/problem+json; charset=utf-8')
    .setHeader('Cache-Control', 'no-store')
    .end(JSON.stringify(document))
}
