import type { Exchange } from './exchange.ts'
import { type Plain, sendPlain } from './plain.ts'

/** A body up to this length is read and forgotten, so that the connection can go on. */
const SMALL_BODY = 64 * 1024

/** After an answer to a larger one: closing while it still arrives would take the answer away from the client. */
const LINGER_BYTES = 1024 * 1024
const LINGER_TIME = 1_000

/** Answers a request whose body nobody wants. */
export function refuse(exchange: Exchange, answer: Plain): void {
  if (exchange.over) return
  const { request, response, expectsContinue } = exchange
  if (request.readableEnded || bodyIsSmall(exchange)) {
    sendPlain(exchange, answer)
    request.resume()
    return
  }
  response.shouldKeepAlive = false
  // A client that waits to be asked for its body does not send it now.
  if (expectsContinue) sendPlain(exchange, answer)
  else answerAndLinger(exchange, answer)
}

function bodyIsSmall({ request, expectsContinue }: Exchange): boolean {
  const { 'content-length': length, 'transfer-encoding': encoding } = request.headers
  if (encoding !== undefined) return false
  return length === undefined || (!expectsContinue && Number(length) <= SMALL_BODY)
}

function answerAndLinger(exchange: Exchange, { status, headers, body }: Plain): void {
  const { request, response } = exchange
  response.writeHead(status, headers as string[])
  // The answer is whole with this; its end is what closes the connection.
  response.write(body)
  let heard = 0
  const finish = (): void => {
    clearTimeout(timer)
    request.off('data', discard)
    response.end()
  }
  const discard = (piece: Buffer): void => {
    heard += piece.length
    if (heard > LINGER_BYTES) finish()
  }
  const timer = setTimeout(finish, LINGER_TIME)
  request.on('data', discard).once('end', finish)
  exchange.onCut = () => clearTimeout(timer)
}
