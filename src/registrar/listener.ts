import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Address } from '../settings/parse.ts'
import type { Accounts } from '../store/accounts.ts'
import { errorCode } from '../store/files.ts'
import { plainReply, type Question, type Reply } from './answers.ts'
import { answerPjsip } from './asterisk.ts'
import { answerDirectory } from './freeswitch.ts'
import { answerAccounts } from './json.ts'
import type { RegistrarLog } from './log.ts'
import { tokenCheck } from './token.ts'

export interface ListenerParts {
  readonly listen: Address
  readonly token: string
  readonly accounts: Accounts
  readonly log: RegistrarLog
  readonly now: () => number
}

export interface RegistrarListener {
  readonly address: AddressInfo
  close(): Promise<void>
}

interface Endpoint {
  readonly methods: readonly string[]
  readonly answer: (question: Question) => Promise<Reply>
}

const endpoints: Readonly<Record<string, Endpoint>> = {
  '/accounts': { methods: ['GET', 'HEAD'], answer: answerAccounts },
  '/freeswitch/directory': { methods: ['GET', 'HEAD', 'POST'], answer: answerDirectory },
  '/asterisk/pjsip.conf': { methods: ['GET', 'HEAD'], answer: answerPjsip },
}

const challenge = 'Bearer, Basic realm="registrar"'

/** What mod_xml_curl sends of a registration is some 2 KB. */
const longestBody = 64 * 1024

/** Answers SIP servers. It listens apart from devices and people, knows no one but the bearer of the token, and only reads. */
export async function startListener({
  listen,
  token,
  accounts,
  log,
  now,
}: ListenerParts): Promise<RegistrarListener> {
  const isRight = tokenCheck(token)
  let refusedAt = Number.NEGATIVE_INFINITY

  async function reply(request: IncomingMessage): Promise<Reply> {
    if (!isRight(request.headers.authorization)) {
      tellRefused(request.socket.remoteAddress)
      return plainReply(401, 'this needs the token', { 'WWW-Authenticate': challenge })
    }
    const [path = '', query = ''] = (request.url ?? '').split('?', 2)
    const endpoint = Object.hasOwn(endpoints, path) ? endpoints[path] : undefined
    if (!endpoint) return plainReply(404, 'there is nothing here')
    const methods = endpoint.methods.join(', ')
    if (!endpoint.methods.includes(request.method ?? ''))
      return plainReply(405, `this takes ${methods}`, { Allow: methods })
    const parameters = new URLSearchParams(query)
    if (request.method === 'POST') {
      const form = await bodyOf(request)
      if (form === undefined) return plainReply(413, 'this is too long')
      for (const [name, value] of new URLSearchParams(form)) parameters.set(name, value)
      return endpoint.answer({ parameters, accounts })
    }
    // Before the answer is made: one that is newer than its tag is only asked for once too often.
    const etag = `"${await accounts.mark()}"`
    if (request.headers['if-none-match'] === etag)
      return { status: 304, contentType: 'text/plain', body: '', headers: { ETag: etag } }
    const answer = await endpoint.answer({ parameters, accounts })
    return answer.status === 200 ? { ...answer, headers: { ETag: etag } } : answer
  }

  /** Once a minute at most: whoever tries tokens does not fill the log. */
  function tellRefused(source: string | undefined): void {
    const at = now()
    if (at - refusedAt < 60_000) return
    refusedAt = at
    log.warn({ source }, 'somebody asks for accounts without the right token')
  }

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const answer = await reply(request).catch((error: unknown) => {
      if (request.destroyed && !request.complete) return undefined
      log.error({ err: error }, 'a SIP server could not be given accounts')
      return plainReply(500, 'this failed; the log of Bootline says why')
    })
    if (answer) send(request, response, answer)
  }

  const server = createServer(
    { maxHeaderSize: 16 * 1024, headersTimeout: 10_000, requestTimeout: 20_000, keepAliveTimeout: 30_000 },
    (request, response) => void handle(request, response),
  )
  server.maxConnections = 256
  server.listen(listen.port, listen.host)
  try {
    await once(server, 'listening')
  } catch (error) {
    throw new ListenError(listen, error)
  }
  return {
    address: server.address() as AddressInfo,
    async close() {
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      await closed
    },
  }
}

class ListenError extends Error {
  readonly code = 'cannot-listen'
  readonly remedy = 'set BOOTLINE_REGISTRAR to an address of this machine and a port that nobody else has'
  constructor(listen: Address, cause: unknown) {
    const why = errorCode(cause) ?? 'unknown'
    super(`SIP servers cannot be heard on ${listen.host} port ${listen.port} (${why})`, { cause })
  }
}

function send(
  request: IncomingMessage,
  response: ServerResponse,
  { status, contentType, body, headers }: Reply,
): void {
  response.writeHead(status, {
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
    ...(status === 304
      ? {}
      : { 'Content-Type': contentType, 'Content-Length': String(Buffer.byteLength(body)) }),
    ...headers,
    // What is left of a refused body is not read.
    ...(status >= 400 ? { Connection: 'close' } : {}),
  })
  response.end(request.method === 'HEAD' ? undefined : body)
}

async function bodyOf(request: IncomingMessage): Promise<string | undefined> {
  const pieces: Buffer[] = []
  let length = 0
  for await (const piece of request as AsyncIterable<Buffer>) {
    length += piece.length
    if (length > longestBody) return undefined
    pieces.push(piece)
  }
  return Buffer.concat(pieces).toString('utf8')
}
