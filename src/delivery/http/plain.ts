import type { Refusal } from '../plane.ts'
import type { Exchange } from './exchange.ts'
import { headOf } from './whole.ts'

/** A short answer in words: devices need its status only, and people who look over the wire the rest. */
export interface Plain {
  readonly status: number
  readonly body: Buffer
  readonly headers: readonly string[]
  /** The same as bytes, with the status. */
  readonly head: Buffer
}

function plain(status: number, text: string, ...headers: readonly string[]): Plain {
  const body = Buffer.from(`${text}\n`)
  const length = String(body.length)
  const always = ['Content-Type', 'text/plain', 'Content-Length', length, 'Cache-Control', 'no-store']
  const all = [...always, ...headers]
  return { status, body, headers: all, head: headOf(status, all) }
}

export const STORED = plain(200, 'stored')
export const BAD_REQUEST = plain(400, 'bad request')
export const FORBIDDEN = plain(403, 'forbidden')
export const NOT_FOUND = plain(404, 'not found')
export const METHOD_NOT_ALLOWED = plain(405, 'method not allowed', 'Allow', 'GET, HEAD, PUT, POST')
export const REQUEST_TIMEOUT = plain(408, 'request timeout')
export const TOO_LARGE = plain(413, 'too large')
export const EXPECTATION_FAILED = plain(417, 'expectation failed')
export const HEADERS_TOO_LARGE = plain(431, 'headers too large')

export function busy(retryAfterSeconds: number): Plain {
  return plain(503, 'busy, come again', 'Retry-After', String(Math.ceil(retryAfterSeconds)))
}

/** What went wrong here is over soon, or for longer: a device that comes again at once helps neither. */
export const BUSY = busy(10)

export function plainRefusal(refusal: Refusal): Plain {
  switch (refusal.kind) {
    case 'not-found':
      return NOT_FOUND
    case 'forbidden':
      return FORBIDDEN
    case 'challenge':
      return plain(401, 'unauthorized', 'WWW-Authenticate', refusal.header)
    case 'busy':
      return busy(refusal.retryAfterSeconds)
  }
}

export function sendPlain(exchange: Exchange, { status, headers, body }: Plain): void {
  if (exchange.over) return
  // Node only reads the list.
  exchange.response.writeHead(status, headers as string[])
  exchange.response.end(body)
}
