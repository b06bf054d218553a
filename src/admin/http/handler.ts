import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http'
import { pipeline, Readable } from 'node:stream'
import type { ZodType } from 'zod'
import { parseMac } from '../../domain/mac.ts'
import { type Action, judge, mayAnywhere } from '../../domain/permissions.ts'
import { normaliseNumber } from '../../domain/phone-number.ts'
import { checkShape } from '../../fleet/shape.ts'
import type { Principal } from '../principal.ts'
import type { Place, Reply, Route } from '../route.ts'
import type { Services } from '../services.ts'
import { readJson, usualBodyLimit } from './body.ts'
import { ApiFailure, nothingThere } from './failure.ts'
import type { Replays } from './replays.ts'

/** A request as far as HTTP has understood it. */
export interface Asked {
  readonly request: IncomingMessage
  readonly params: Readonly<Record<string, string>>
  readonly query: Readonly<Record<string, unknown>>
  readonly who: Principal | undefined
  readonly requestId: string
  readonly from: string
}

/** An operation that is wanted, before anything of it was checked. */
export interface Order {
  readonly params: Readonly<Record<string, string>>
  readonly query: Readonly<Record<string, unknown>>
  readonly who: Principal
  /** The state that a guarded operation is to change; fails where it is needed and not said. */
  readonly ifMatch: (needed: boolean) => string | undefined
  /** What was sent with it; read only once it is known that the operation may be done. */
  readonly sent: () => Promise<unknown>
  readonly headers: IncomingHttpHeaders
  readonly requestId: string
  readonly from: string
}

/** Does one operation that came over HTTP; one that makes something is not done twice. */
export async function perform(
  route: Route,
  asked: Asked,
  services: Services,
  replays: Replays,
): Promise<Reply> {
  const { who, request } = asked
  if (!who) throw unknownCaller()
  const readSent = route.read ?? readJson
  const order: Order = {
    ...asked,
    who,
    headers: request.headers,
    ifMatch: (needed) => precondition(request, needed),
    sent: () => readSent(request, route.bodyLimit ?? usualBodyLimit),
  }
  const key = route.creates ? request.headers['idempotency-key'] : undefined
  if (key === undefined) return carryOut(route, order, services)
  return carryOut(route, order, services, (body, handle) =>
    replays.once({ key: String(key), who, request, body }, handle),
  )
}

/** Who asks, where, may he, is it well-formed, and only then the operation itself. */
export async function carryOut(
  route: Route,
  order: Order,
  services: Services,
  once: (sent: unknown, handle: () => Promise<Reply>) => Promise<Reply> = (_sent, handle) => handle(),
): Promise<Reply> {
  const { who, headers, requestId, from } = order
  const params = read(route.params, order.params, 'path', 404)
  const place = await admitted(route, order.params, who, services)
  const query = read(route.query, order.query, 'query', 400)
  const ifMatch = route.guarded ? order.ifMatch(route.guarded === true) : undefined
  const sent = route.body ? await order.sent() : undefined
  const body = read(route.body, sent, '', 422)
  const guard = ifMatch === undefined ? {} : { ifMatch }
  return once(sent, () =>
    route.handle({ who, params, query, body, place, ...guard, headers, requestId, from, services }),
  )
}

export function unknownCaller(): ApiFailure {
  return new ApiFailure(
    401,
    'sign-in-needed',
    'nobody is signed in',
    'sign in, or send Authorization: Bearer TOKEN',
    {
      headers: { 'WWW-Authenticate': 'Bearer realm="Bootline"' },
    },
  )
}

/** Finds what the operation is done to; who may not see it hears the same as if it were not there. */
async function admitted(
  { action, of }: Route,
  params: Readonly<Record<string, string>>,
  who: Principal,
  services: Services,
): Promise<Place> {
  if (of === 'fleet') {
    if (!mayAnywhere(who, action)) throw notAllowed(action)
    return {}
  }
  const place = of === 'server' ? {} : await services.store.findPlace(meant(params))
  if (!place) throw nothingThere()
  const judgement = judge(who, action, place)
  if (judgement === 'unseen') throw nothingThere()
  if (judgement === 'may-not') throw notAllowed(action)
  return place
}

export function notAllowed(action: Action): ApiFailure {
  return new ApiFailure(
    403,
    'not-allowed',
    `this is not for you to do (${action})`,
    'ask somebody who manages this company',
  )
}

/** Numbers and addresses may come in any writing. */
function meant({ company, site, line, mac }: Readonly<Record<string, string>>): Place {
  const parsed = mac === undefined ? undefined : parseMac(mac, 'mac')
  if (parsed && !('mac' in parsed)) throw nothingThere()
  const number = line === undefined ? undefined : normaliseNumber(line)
  if (line !== undefined && number === undefined) throw nothingThere()
  return {
    ...(company === undefined ? {} : { company }),
    ...(site === undefined ? {} : { site }),
    ...(number === undefined ? {} : { line: number }),
    ...(parsed ? { mac: parsed.mac } : {}),
  }
}

function read(schema: ZodType | undefined, value: unknown, path: string, status: number): unknown {
  if (!schema) return undefined
  const shape = checkShape(schema, value, path)
  if ('value' in shape) return shape.value
  if (status === 404) throw nothingThere()
  const where = path === '' ? 'the body' : `the ${path}`
  throw new ApiFailure(
    status,
    'input-unfit',
    `${where} cannot be used`,
    'correct what is named and send it again',
    {
      problems: shape.problems,
    },
  )
}

/** Without a precondition two people overwrite each other and neither knows. */
function precondition({ headers }: IncomingMessage, needed: boolean): string | undefined {
  const given = headers['if-match']
  if (given === undefined && !needed) return undefined
  const tag = /^\s*"([^"]+)"\s*$/.exec(given ?? '')?.[1]
  if (tag !== undefined) return tag
  throw new ApiFailure(
    given === undefined ? 428 : 400,
    given === undefined ? 'if-match-needed' : 'if-match-unfit',
    given === undefined ? 'it is not said which state this changes' : 'If-Match is not one ETag',
    'read it first and send its ETag as If-Match: "…"',
  )
}

/** Writes a reply; who has the state already is not sent it again. */
export function answer(
  request: IncomingMessage,
  response: ServerResponse,
  { creates, answer: shape }: Route,
  reply: Reply,
): void {
  const { body, stream, etag, location, headers = {} } = reply
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value)
  response.setHeader('Cache-Control', 'no-store')
  if (etag !== undefined) response.setHeader('ETag', `"${etag}"`)
  if (location !== undefined) response.setHeader('Location', location)
  const isRead = request.method === 'GET' || request.method === 'HEAD'
  if (isRead && etag !== undefined && request.headers['if-none-match'] === `"${etag}"`) {
    response.writeHead(304).end()
    return
  }
  if (body === undefined && stream === undefined) {
    response.writeHead(reply.status ?? 204).end()
    return
  }
  const type = shape && 'contentType' in shape ? shape.contentType : 'application/json; charset=utf-8'
  if (!response.hasHeader('Content-Type')) response.setHeader('Content-Type', type)
  if (stream !== undefined) {
    response.writeHead(reply.status ?? 200)
    // The first piece may be long in coming.
    response.flushHeaders()
    // Whoever goes away ends it, and what fails on the way breaks the answer off: it never looks whole.
    pipeline(Readable.from(stream), response, () => {})
    return
  }
  const bytes =
    typeof body === 'string' || body instanceof Uint8Array
      ? Buffer.from(body as string)
      : Buffer.from(JSON.stringify(body))
  response.setHeader('Content-Length', bytes.byteLength)
  response.writeHead(reply.status ?? (creates ? 201 : 200)).end(bytes)
}
