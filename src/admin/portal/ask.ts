import type { IncomingHttpHeaders } from 'node:http'
import { ApiFailure } from '../http/failure.ts'
import { carryOut } from '../http/handler.ts'
import type { Principal } from '../principal.ts'
import type { Route } from '../route.ts'
import type { Services } from '../services.ts'

/**
 * Does an operation of the API for whoever looks at a page, by its id. A page can do and see nothing that the API would
 * refuse to the same person: nothing is checked a second time, and nothing is left unchecked.
 */
export type Ask = <T = unknown>(operation: string, given?: Given) => Promise<Told<T>>

export interface Given {
  readonly params?: Readonly<Record<string, string | number>>
  /** Fields that are `undefined` or empty are left out. */
  readonly query?: Readonly<Record<string, string | number | boolean | undefined>>
  readonly body?: unknown
  readonly ifMatch?: string | undefined
}

export interface Told<T> {
  readonly body: T
  readonly etag: string
}

export interface Asker {
  readonly who: Principal
  readonly requestId: string
  readonly from: string
  readonly headers: IncomingHttpHeaders
  /** An operation that changes how somebody signs in gives his browser another cookie. */
  readonly setCookie: (cookie: string) => void
}

export function askFor(routes: ReadonlyMap<string, Route>, services: Services, asker: Asker): Ask {
  return async <T>(operation: string, { params = {}, query = {}, body, ifMatch }: Given = {}) => {
    const route = routes.get(operation)
    if (!route) throw new Error(`there is no operation ${operation}`)
    const reply = await carryOut(
      route,
      {
        ...asker,
        params: texts(params),
        query: texts(query),
        sent: async () => body,
        ifMatch: (needed) => ifMatch ?? (needed ? missing() : undefined),
      },
      services,
    )
    const cookie = reply.headers?.['Set-Cookie']
    if (cookie !== undefined) asker.setCookie(cookie)
    return { body: reply.body as T, etag: reply.etag ?? '' }
  }
}

function texts(given: Readonly<Record<string, unknown>>): Record<string, string> {
  const kept = Object.entries(given).filter(([, value]) => value !== undefined && value !== '')
  return Object.fromEntries(kept.map(([name, value]) => [name, String(value)]))
}

/** A form that was not made by the page it stands on. */
function missing(): never {
  throw new ApiFailure(
    428,
    'if-match-needed',
    'it is not said which state this changes',
    'open the page again',
  )
}
