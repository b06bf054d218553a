import type { IncomingMessage } from 'node:http'
import { ApiFailure } from './failure.ts'
import { parseStrictJson } from './strict-json.ts'

export const usualBodyLimit = 256 * 1024

/** The whole body; one that is too large is not read to its end. */
export async function readBody(request: IncomingMessage, limit: number): Promise<Buffer> {
  if (Number(request.headers['content-length'] ?? 0) > limit) throw tooLarge(limit)
  const pieces: Buffer[] = []
  let size = 0
  for await (const piece of request as AsyncIterable<Buffer>) {
    size += piece.byteLength
    if (size > limit) throw tooLarge(limit)
    pieces.push(piece)
  }
  return Buffer.concat(pieces)
}

export async function readJson(request: IncomingMessage, limit: number): Promise<unknown> {
  const type = request.headers['content-type'] ?? ''
  if (!/^application\/([\w.-]+\+)?json\s*(;|$)/i.test(type)) {
    throw new ApiFailure(
      415,
      'content-type-unfit',
      type === '' ? 'the body has no Content-Type' : 'the body is not sent as JSON',
      'send Content-Type: application/json',
    )
  }
  return parseStrictJson(await readBody(request, limit))
}

function tooLarge(limit: number): ApiFailure {
  return new ApiFailure(
    413,
    'body-too-large',
    `the body is larger than ${limit} bytes`,
    'send less at a time',
    // The rest of it is not read, so nothing else can follow on this connection.
    { headers: { Connection: 'close' } },
  )
}
