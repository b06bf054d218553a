import { STATUS_CODES } from 'node:http'
import type { Duplex } from 'node:stream'
import { BAD_REQUEST, HEADERS_TOO_LARGE, METHOD_NOT_ALLOWED, type Plain, REQUEST_TIMEOUT } from './plain.ts'

/** What came was no HTTP, or did not come in time. An answer that has begun is not written into. */
export function answerMalformed(error: NodeJS.ErrnoException, socket: Duplex, answering: boolean): void {
  const answer = answerTo(error.code ?? '')
  if (answer === undefined || !socket.writable) socket.destroy()
  else if (answering) socket.end(() => socket.destroy())
  else socket.end(written(answer), () => socket.destroy())
}

/** This server is no proxy. */
export function answerTunnel(socket: Duplex): void {
  socket.end(written(METHOD_NOT_ALLOWED), () => socket.destroy())
}

function answerTo(code: string): Plain | undefined {
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return REQUEST_TIMEOUT
  if (code === 'HPE_HEADER_OVERFLOW') return HEADERS_TOO_LARGE
  // A request that ends in its middle was given up: nobody listens.
  if (code === 'HPE_INVALID_EOF_STATE') return undefined
  return code.startsWith('HPE_') ? BAD_REQUEST : undefined
}

function written({ status, headers, body }: Plain): string {
  const lines = [`HTTP/1.1 ${status} ${STATUS_CODES[status]}`]
  for (let at = 0; at < headers.length; at += 2) lines.push(`${headers[at]}: ${headers[at + 1]}`)
  lines.push(`Date: ${new Date().toUTCString()}`, 'Connection: close', '', body.toString())
  return lines.join('\r\n')
}
