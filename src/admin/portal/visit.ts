import type { Request, Response } from 'express'
import type { Session } from '../../store/people-sessions.ts'
import type { Locals } from '../http/api.ts'
import { principalOf } from '../people/authenticate.ts'
import { type Door, isSecure, sessionOf } from '../people/door.ts'
import type { Route } from '../route.ts'
import type { Services } from '../services.ts'
import { askFor } from './ask.ts'
import { noForm } from './form.ts'
import type { Visit } from './page.ts'
import { text } from './text.ts'
import { zoneOf } from './zone.ts'

export interface Arrival {
  readonly visit: Visit
  readonly session: Session
}

/** Whoever looks at a page, as a visit; `undefined` for whoever has not come in by the door. */
export function createArrivals(
  door: Door,
  routes: readonly Route[],
  services: Services,
): (request: Request, response: Response) => Promise<Arrival | undefined> {
  const operations = new Map(routes.map((route) => [route.id, route]))
  return async (request, response) => {
    const found = await sessionOf(door, request.headers, isSecure(request, door.adminUrl))
    if (found?.session.stage !== 'whole') return undefined
    const { person, session } = found
    const who = principalOf(person, services.now())
    const { requestId, from } = response.locals as Locals
    const visit = {
      who,
      locale: who.locale,
      zone: zoneOf(request.headers),
      path: request.path,
      params: request.params as Record<string, string>,
      query: flat(request.query),
      form: noForm,
      csrf: session.csrf,
      ask: askFor(operations, services, {
        ...{ who, requestId, from, headers: request.headers },
        setCookie: (cookie) => void response.appendHeader('Set-Cookie', cookie),
      }),
      text: (key: string, values = {}) => text(who.locale, key, values),
    }
    return { visit, session }
  }
}

/** A field of the address that comes twice is nobody's who used the page; an empty one says nothing. */
function flat(query: Request['query']): Readonly<Record<string, string>> {
  const pairs = Object.entries(query).filter(
    (pair): pair is [string, string] => typeof pair[1] === 'string' && pair[1] !== '',
  )
  return Object.fromEntries(pairs)
}
