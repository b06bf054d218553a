import http from 'node:http'
import https from 'node:https'

/** How a device reaches its server, besides the address. */
export interface Reach {
  /** The address of this machine it comes from. */
  readonly localAddress?: string
  readonly certificate?: { readonly cert: string; readonly key: string }
}

export interface HttpAnswer {
  readonly status: number
  readonly headers: http.IncomingHttpHeaders
  readonly body: Buffer
}

export interface HttpRequest {
  readonly method: 'GET' | 'HEAD' | 'PUT'
  readonly url: URL
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
  /** Leaves when it has seen the beginning. */
  readonly onlyBeginning?: boolean
}

/** The connections of one start: a device has one at a time, and keeps it while it has something to ask. */
export interface Connections {
  ask(request: HttpRequest): Promise<HttpAnswer>
  /** The address they came from, once there was one. */
  readonly from: string | undefined
  close(): void
}

const patience = 30_000

export function connectionsTo(scheme: 'http:' | 'https:', { localAddress, certificate }: Reach): Connections {
  const options = { keepAlive: true, maxSockets: 1, ...(localAddress === undefined ? {} : { localAddress }) }
  // A device that starts has no session to take up again: each one costs the server a whole handshake.
  const agent =
    scheme === 'http:'
      ? new http.Agent(options)
      : new https.Agent({
          ...options,
          maxCachedSessions: 0,
          // Whom a phone trusts is no part of what is rehearsed: the server may have a certificate of its own making.
          rejectUnauthorized: false,
          ...certificate,
        })
  let from: string | undefined
  return {
    get from() {
      return from
    },
    ask: ({ method, url, headers, body, onlyBeginning = false }) =>
      new Promise((resolve, reject) => {
        const request = (scheme === 'http:' ? http : https).request(url, {
          method,
          agent,
          headers: {
            ...headers,
            ...(body === undefined ? {} : { 'Content-Length': Buffer.byteLength(body) }),
          },
        })
        request.setTimeout(patience, () =>
          request.destroy(new Error(`no answer within ${patience / 1000} s`)),
        )
        request.once('error', reject)
        request.once('response', (response) => {
          from = response.socket.localAddress ?? from
          const chunks: Buffer[] = []
          const done = (): void =>
            resolve({
              status: response.statusCode ?? 0,
              headers: response.headers,
              body: Buffer.concat(chunks),
            })
          response.on('data', (chunk: Buffer) => {
            chunks.push(chunk)
            if (!onlyBeginning) return
            done()
            response.destroy()
          })
          response.once('end', done)
          response.once('error', onlyBeginning ? () => {} : reject)
        })
        request.end(body)
      }),
    close: () => agent.destroy(),
  }
}
