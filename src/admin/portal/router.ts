import { gzipSync } from 'node:zlib'
import { type Request, type Response, Router } from 'express'
import { mayAnywhere } from '../../domain/permissions.ts'
import type { Locals, Report } from '../http/api.ts'
import { nothingThere } from '../http/failure.ts'
import { notAllowed } from '../http/handler.ts'
import { refuseForgery } from '../people/authenticate.ts'
import { refuseOtherSites } from '../people/cross-site.ts'
import { type Door, isSecure } from '../people/door.ts'
import type { Route } from '../route.ts'
import type { Services } from '../services.ts'
import type { Assets } from './assets.ts'
import { faultOf } from './faults.ts'
import { readForm } from './form.ts'
import { createFrame } from './frame.ts'
import type { Act, Elsewhere, Fault, Page, View, Visit } from './page.ts'
import { acts, pages } from './pages.ts'
import { goneSaid, saidBefore, saidCookie } from './said.ts'
import type { Render } from './views.ts'
import { type Arrival, createArrivals } from './visit.ts'

export interface PortalParts {
  readonly door: Door
  readonly routes: readonly Route[]
  readonly services: Services
  readonly report: Report
  readonly render: Render
  readonly assets: Assets
}

/** The pages for people. Each one and each form of theirs is data; what they have in common is done here. */
export function createPortal({ door, routes, services, report, render, assets }: PortalParts): Router {
  const router = Router({ caseSensitive: true, strict: true })
  const framed = createFrame(render, assets, services.now)
  const arrive = createArrivals(door, routes, services)
  router.use('/assets', assets.router)
  for (const page of pages) {
    router.get(expressPath(page.path), (request, response) =>
      visited(request, response, page, async ({ visit }) =>
        send(request, response, visit, await page.show(visit)),
      ),
    )
  }
  for (const act of acts) {
    router.post(expressPath(act.path), (request, response) =>
      visited(request, response, act, async ({ visit, session }) => {
        refuseOtherSites(request, door.adminUrl)
        const form = await readForm(request, act.bodyLimit)
        refuseForgery(session, form.one('_csrf'))
        await carryOut(request, response, act, { ...visit, form })
      }),
    )
  }
  router.use(async (request, response, next) => {
    if (request.method !== 'GET' || !/\btext\/html\b/.test(request.headers.accept ?? '')) return next()
    await visited(request, response, {}, async () => {
      throw nothingThere()
    })
  })
  return router

  /** Knows who looks; who is nobody is shown the door, and comes back to where he wanted to go. */
  async function visited(
    request: Request,
    response: Response,
    { action }: Pick<Page, 'action'>,
    work: (arrival: Arrival) => Promise<void>,
  ): Promise<void> {
    response.setHeader('Cache-Control', 'no-store')
    const arrival = await arrive(request, response)
    if (!arrival) {
      const next = request.method === 'GET' ? request.originalUrl : '/'
      response.redirect(303, next === '/' ? '/sign-in' : `/sign-in?next=${encodeURIComponent(next)}`)
      return
    }
    const { visit } = arrival
    try {
      if (action !== undefined && !mayAnywhere(visit.who, action)) throw notAllowed(action)
      await work(arrival)
    } catch (error) {
      const fault = reported(error, response, visit)
      response.status(fault.status)
      const view = { view: 'sorry', title: fault.wrong, place: '', data: { fault } }
      send(request, response, { ...visit, fault }, view)
    }
  }

  async function carryOut(request: Request, response: Response, act: Act, visit: Visit): Promise<void> {
    try {
      const done = await act.do(visit)
      if (done === 'again') return send(request, response, visit, await act.page.show(visit))
      if ('view' in done) return send(request, response, visit, done)
      const { to, said } = done
      const secure = isSecure(request, door.adminUrl)
      if (said) response.appendHeader('Set-Cookie', saidCookie(said, secure))
      response.redirect(303, to)
    } catch (error) {
      const { requestId } = response.locals as Locals
      const { fault } = faultOf(error, requestId, visit.locale)
      // What is not there, or not to be done, has no page that could be shown again.
      if (fault.status === 404 || fault.status === 403 || fault.status >= 500) throw error
      response.status(fault.status === 409 || fault.status === 412 ? fault.status : 422)
      const again = { ...visit, fault }
      send(request, response, again, await act.page.show(again))
    }
  }

  function send(request: Request, response: Response, visit: Visit, view: View | Elsewhere): void {
    if ('to' in view) {
      response.redirect(303, view.to)
      return
    }
    const said = saidBefore(request.headers, visit.locale)
    if (said) response.appendHeader('Set-Cookie', goneSaid(isSecure(request, door.adminUrl)))
    const html = framed(visit, view, said)
    response.type('html').setHeader('Vary', 'Accept-Encoding')
    if (/\bgzip\b/.test(request.headers['accept-encoding'] ?? '')) {
      response.setHeader('Content-Encoding', 'gzip').end(gzipSync(html, { level: 4 }))
    } else response.end(html)
  }

  function reported(error: unknown, response: Response, { locale }: Visit): Fault {
    const { requestId } = response.locals as Locals
    const { fault, told } = faultOf(error, requestId, locale)
    if (told.unexpected) report(error, requestId)
    return fault
  }
}

function expressPath(path: string): string {
  return path.replaceAll(/\{(\w+)\}/g, ':$1')
}
