import { gzipSync } from 'node:zlib'
import { type Request, type Response, Router } from 'express'
import { mayAnywhere } from '../../domain/permissions.ts'
import type { Locals, Report } from '../http/api.ts'
import { nothingThere } from '../http/failure.ts'
import { notAllowed } from '../http/handler.ts'
import { principalOf, refuseForgery } from '../people/authenticate.ts'
import { refuseOtherSites } from '../people/cross-site.ts'
import { type Door, isSecure, sessionOf } from '../people/door.ts'
import type { Route } from '../route.ts'
import type { Services } from '../services.ts'
import { askFor } from './ask.ts'
import { readAssets } from './assets.ts'
import { faultOf } from './faults.ts'
import { noForm, readForm } from './form.ts'
import { createFrame } from './frame.ts'
import type { Act, Fault, Page, View, Visit } from './page.ts'
import { acts, pages } from './pages.ts'
import { goneSaid, saidBefore, saidCookie } from './said.ts'
import { text } from './text.ts'
import { readViews } from './views.ts'

export interface PortalParts {
  readonly door: Door
  readonly routes: readonly Route[]
  readonly services: Services
  readonly report: Report
}

/** The pages for people. Each one and each form of theirs is data; what they have in common is done here. */
export function createPortal({ door, routes, services, report }: PortalParts): Router {
  const router = Router({ caseSensitive: true, strict: true })
  const operations = new Map(routes.map((route) => [route.id, route]))
  const assets = readAssets()
  const framed = createFrame(readViews(), assets, services.now)
  router.use('/assets', assets.router)

  for (const page of pages) {
    router.get(expressPath(page.path), async (request, response) => {
      await visited(request, response, page, async (visit) => show(request, response, visit, page))
    })
  }
  for (const act of acts) {
    router.post(expressPath(act.path), async (request, response) => {
      await visited(request, response, act, async (visit, arrival) => {
        refuseOtherSites(request, door.adminUrl)
        const form = await readForm(request, act.bodyLimit)
        refuseForgery(arrival.session, form.one('_csrf'))
        await carryOut(request, response, act, { ...visit, form })
      })
    })
  }

  /** Knows who looks; who is nobody is shown the door, and comes back to where he wanted to go. */
  async function visited(
    request: Request,
    response: Response,
    { action }: Pick<Page, 'action'>,
    work: (visit: Visit, arrival: Arrival) => Promise<void>,
  ): Promise<void> {
    const { requestId, from } = response.locals as Locals
    response.setHeader('Cache-Control', 'no-store')
    const arrival = await sessionOf(door, request.headers, isSecure(request, door.adminUrl))
    if (arrival?.session.stage !== 'whole') {
      const next = request.method === 'GET' ? request.originalUrl : ''
      response.redirect(303, next === '/' || !next ? '/sign-in' : `/sign-in?next=${encodeURIComponent(next)}`)
      return
    }
    const who = principalOf(arrival.person, services.now())
    const asker = { who, requestId, from, headers: request.headers }
    const visit: Visit = {
      who,
      locale: who.locale,
      path: request.path,
      params: request.params as Record<string, string>,
      query: flat(request.query),
      form: noForm,
      csrf: arrival.session.csrf,
      ask: askFor(operations, services, asker),
      text: (key, values) => text(who.locale, key, values),
    }
    try {
      if (action !== undefined && !mayAnywhere(who, action)) throw notAllowed(action)
      await work(visit, arrival)
    } catch (error) {
      await sorry(response, request, visit, error)
    }
  }

  async function carryOut(request: Request, response: Response, act: Act, visit: Visit): Promise<void> {
    try {
      const { to, said } = await act.do(visit)
      const secure = isSecure(request, door.adminUrl)
      if (said) response.appendHeader('Set-Cookie', saidCookie(said, secure))
      response.redirect(303, to)
    } catch (error) {
      const fault = reported(error, response, visit)
      // What is not there or not to be done has no page to be shown again.
      if (fault.status === 404 || fault.status === 403 || fault.status >= 500) throw error
      response.status(fault.status === 409 || fault.status === 412 ? fault.status : 422)
      await show(request, response, { ...visit, fault }, act.page)
    }
  }

  async function show(request: Request, response: Response, visit: Visit, page: Page): Promise<void> {
    const view = await page.show(visit)
    send(request, response, visit, view)
  }

  function send(request: Request, response: Response, visit: Visit, view: View): void {
    const said = saidBefore(request.headers, visit.locale)
    if (said) response.appendHeader('Set-Cookie', goneSaid(isSecure(request, door.adminUrl)))
    const html = framed(visit, view, said)
    response.type('html').setHeader('Vary', 'Accept-Encoding, HX-Request')
    if (/\bgzip\b/.test(request.headers['accept-encoding'] ?? '')) {
      response.setHeader('Content-Encoding', 'gzip').end(gzipSync(html, { level: 4 }))
    } else response.end(html)
  }

  async function sorry(response: Response, request: Request, visit: Visit, error: unknown): Promise<void> {
    const fault = reported(error, response, visit)
    const { status } = fault
    const view = { view: 'sorry', title: fault.wrong, place: '', data: { fault } }
    response.status(status)
    send(request, response, { ...visit, fault }, view)
  }

  function reported(error: unknown, response: Response, visit: Visit): Fault {
    const { requestId } = response.locals as Locals
    const { fault, told } = faultOf(error, requestId, visit.locale)
    if (told.unexpected) report(error, requestId)
    return fault
  }

  router.use(async (request, response, next) => {
    if (request.method !== 'GET' || !/\btext\/html\b/.test(request.headers.accept ?? '')) return next()
    await visited(request, response, {}, async () => {
      throw nothingThere()
    })
  })
  return router
}

type Arrival = NonNullable<Awaited<ReturnType<typeof sessionOf>>>

function expressPath(path: string): string {
  return path.replaceAll(/\{(\w+)\}/g, ':$1')
}

/** A field of the address that comes twice is nobody's who used the page. */
function flat(query: Request['query']): Readonly<Record<string, string>> {
  const pairs = Object.entries(query).filter(
    (pair): pair is [string, string] => typeof pair[1] === 'string' && pair[1] !== '',
  )
  return Object.fromEntries(pairs)
}
