import type { IncomingMessage } from 'node:http'
import type { ZodType } from 'zod'
import { checkShape } from '../../fleet/shape.ts'
import { readBody } from '../http/body.ts'
import { ApiFailure } from '../http/failure.ts'
import { parseStrictJson } from '../http/strict-json.ts'

/** More than anybody types, and less than would hurt. */
const limit = 8 * 1024

/** What was sent to the door: JSON by programs, a form by pages. */
export interface Sent<T> {
  readonly fields: T
  readonly csrf: string | undefined
  readonly next: string
}

export function isForm({ headers }: IncomingMessage): boolean {
  return /^application\/x-www-form-urlencoded\s*(;|$)/i.test(headers['content-type'] ?? '')
}

export async function readSent<T>(request: IncomingMessage, schema: ZodType<T>): Promise<Sent<T>> {
  const bytes = await readBody(request, limit)
  const all = isForm(request) ? formFields(bytes) : jsonFields(request, bytes)
  const { _csrf, next, ...rest } = all
  const shape = checkShape(schema, rest, '')
  if ('problems' in shape) {
    throw new ApiFailure(
      422,
      'input-unfit',
      'the body cannot be used',
      'correct what is named and send it again',
      {
        problems: shape.problems,
      },
    )
  }
  const header = request.headers['x-csrf-token']
  return {
    fields: shape.value,
    csrf: typeof header === 'string' ? header : typeof _csrf === 'string' ? _csrf : undefined,
    next: localPath(next),
  }
}

/** An empty body is no field at all: not everything at the door takes some. */
function jsonFields({ headers }: IncomingMessage, bytes: Buffer): Readonly<Record<string, unknown>> {
  if (bytes.byteLength === 0) return {}
  if (!/^application\/json\s*(;|$)/i.test(headers['content-type'] ?? '')) {
    throw new ApiFailure(
      415,
      'content-type-unfit',
      'the body is neither JSON nor a form',
      'send Content-Type: application/json',
    )
  }
  const value = parseStrictJson(bytes)
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : { value }
}

/** A field that was left empty was not given. */
function formFields(bytes: Buffer): Readonly<Record<string, unknown>> {
  const pairs = [...new URLSearchParams(bytes.toString('utf8'))].filter(([, value]) => value !== '')
  return Object.fromEntries(pairs)
}

/** Where to go afterwards: a path of this server and nothing else, however it is written. */
export function localPath(next: unknown): string {
  if (typeof next !== 'string' || !/^\/(?![/\\])[\x21-\x7e]*$/.test(next)) return ''
  const base = 'http://here.invalid'
  const url = URL.canParse(next, base) ? new URL(next, base) : undefined
  return url?.origin === base ? url.pathname + url.search : ''
}
