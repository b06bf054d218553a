import type { Answer, DiskFile, MemoryFile } from '../plane.ts'
import { isCurrent, rangeHolds } from './conditions.ts'
import { sendFromDisk } from './disk.ts'
import { deliver, type Exchange } from './exchange.ts'
import { PIECE, sendLarge } from './pieces.ts'
import { plainRefusal } from './plain.ts'
import { rangeOf, type Span } from './ranges.ts'
import { refuse } from './refuse.ts'
import { currentHeaders, outOfRangeHeaders, partHeaders, writtenHeaders } from './written.ts'

/** Turns the plane's answer to a GET or HEAD into HTTP. */
export function sendAnswer(exchange: Exchange, answer: Answer): void | Promise<void> {
  if (answer.kind === 'memory' || answer.kind === 'disk') return sendFile(exchange, answer)
  refuse(exchange, plainRefusal(answer))
}

function sendFile(exchange: Exchange, file: MemoryFile | DiskFile): void | Promise<void> {
  const { method, headers } = exchange.request
  const written = writtenHeaders(file)
  const size = file.kind === 'memory' ? file.body.length : file.size
  if (isCurrent(headers, written)) {
    return sendHead(exchange, file, 304, currentHeaders(written))
  }
  if (method === 'HEAD') return sendHead(exchange, file, 200, written.headers)
  const { range } = headers
  const span = range !== undefined && rangeHolds(headers, written) ? rangeOf(range, size) : undefined
  if (span === undefined) return sendBody(exchange, file, 200, { from: 0, to: size }, written.headers)
  if (span === 'none') {
    return sendHead(exchange, file, 416, outOfRangeHeaders(size))
  }
  const place = `bytes ${span.from}-${span.to - 1}/${size}`
  return sendBody(exchange, file, 206, span, partHeaders(written, span.to - span.from, place))
}

/** An answer that has no body. Only "not modified" leaves the device with the whole file: it had it before. */
function sendHead(
  exchange: Exchange,
  file: MemoryFile | DiskFile,
  status: 200 | 304 | 416,
  headers: string[],
): void {
  deliver(exchange, { file, status, bytes: 0, expected: 0, whole: status === 304 })
  if (exchange.over) return
  exchange.response.writeHead(status, headers)
  exchange.response.end()
}

function sendBody(
  exchange: Exchange,
  file: MemoryFile | DiskFile,
  status: 200 | 206,
  span: Span,
  headers: string[],
): void | Promise<void> {
  const { response } = exchange
  const expected = span.to - span.from
  const size = file.kind === 'memory' ? file.body.length : file.size
  deliver(exchange, { file, status, bytes: 0, expected, whole: expected === size })
  if (exchange.over) return
  if (file.kind === 'disk') {
    return sendFromDisk(exchange, file, span, () => response.writeHead(status, headers))
  }
  const body = expected === size ? file.body : file.body.subarray(span.from, span.to)
  response.writeHead(status, headers)
  if (body.length > PIECE) return sendLarge(exchange, body)
  response.end(body)
}
