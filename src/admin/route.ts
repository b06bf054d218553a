import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'
import type { ZodType, z } from 'zod'
import type { Action } from '../domain/permissions.ts'
import type { Principal } from './principal.ts'
import type { Services } from './services.ts'

/**
 * One operation of the API as data: what it is called, who may do it, what it takes and what it gives. The server, the
 * description of the API and the test of who may do what are all made from these; a route checks none of it again.
 */
export interface Route<Params = unknown, Query = unknown, Body = unknown> {
  /** The operation's name in the description: `listLines`. */
  readonly id: string
  readonly method: 'get' | 'post' | 'put' | 'patch' | 'delete'
  /** Below /api/v1, with parameters in braces: `/lines/{line}/keys`. */
  readonly path: string
  readonly summary: string
  readonly tag: string
  readonly action: Action
  /**
   * What the action is done to, found by the parameters of these names: `company` (a name), `site` (with `company`),
   * `line` (a number), `mac` (a device). Who may not see it gets 404, who may see it but not do this gets 403.
   * `fleet`: what spans companies, for everybody who may do it somewhere; it keeps to where that is.
   */
  readonly of: 'server' | 'fleet' | 'company' | 'site' | 'line' | 'device'
  readonly params?: ZodType<Params>
  readonly query?: ZodType<Query>
  readonly body?: ZodType<Body>
  /** Reads a body that may come otherwise than as JSON. */
  readonly read?: BodyReader
  /** The content types such a body may have besides JSON. */
  readonly alsoAs?: readonly string[]
  /** What the answer's body fits; absent: no body (204). Other than JSON by its content type. */
  readonly answer?: ZodType | { readonly contentType: string }
  /** Makes something: answers 201, and the same once more to the same Idempotency-Key. */
  readonly creates?: true
  /**
   * Needs If-Match with the ETag of what is changed; answers 428 without and 412 when it is another one by now.
   * `if-sent`: does without, for who removes something whatever became of it.
   */
  readonly guarded?: true | 'if-sent'
  /** Bodies up to so many bytes; 256 KiB when absent. */
  readonly bodyLimit?: number
  handle(call: Call<Params, Query, Body>): Promise<Reply>
}

/** The body of a request, of at most so many bytes, before its shape is checked. */
export type BodyReader = (request: IncomingMessage, limit: number) => Promise<unknown>

export interface Call<Params, Query, Body> {
  readonly who: Principal
  readonly params: Params
  readonly query: Query
  readonly body: Body
  /** What was found by the parameters. */
  readonly place: Place
  readonly ifMatch?: string
  readonly headers: IncomingHttpHeaders
  readonly requestId: string
  /** The caller's address. */
  readonly from: string
  readonly services: Services
}

/** Where in the fleet a call takes place. */
export interface Place {
  readonly company?: string
  readonly site?: string
  readonly line?: string
  readonly mac?: string
  /** Of a device, all its lines. */
  readonly lines?: readonly string[]
}

export interface Reply {
  readonly status?: number
  readonly body?: unknown
  /** In place of a body: what is too long to be held whole, or goes on for as long as the caller listens. */
  readonly stream?: AsyncIterable<string>
  /** Without quotes. */
  readonly etag?: string
  readonly location?: string
  readonly headers?: Readonly<Record<string, string>>
}

/** Types a route's handler by its schemas. */
export function route<P extends ZodType, Q extends ZodType, B extends ZodType>(
  definition: Omit<Route<z.output<P>, z.output<Q>, z.output<B>>, 'params' | 'query' | 'body'> & {
    readonly params?: P
    readonly query?: Q
    readonly body?: B
  },
): Route {
  return definition as unknown as Route
}
