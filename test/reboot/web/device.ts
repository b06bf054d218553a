import { once } from 'node:events'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import type { TlsOptions } from 'node:tls'
import { issue } from '../../delivery/access/certificates.ts'

/** A device's certificate names its MAC, and nobody vouches for it. */
const { pem: cert, key } = issue({ name: '805EC0000001' })

export interface Asked {
  readonly method: string | undefined
  readonly path: string | undefined
  readonly authorization: string | undefined
  readonly contentType: string | undefined
  readonly length: string | undefined
}

export interface Device {
  readonly port: number
  readonly asked: readonly Asked[]
  /** Resolves with the first request. */
  readonly first: Promise<unknown>
  close(): Promise<void>
}

/** A device's own web server, over HTTPS. */
export async function startDevice(
  answer: (request: IncomingMessage, response: ServerResponse) => void,
  tls: TlsOptions = {},
): Promise<Device> {
  const asked: Asked[] = []
  const server = createServer({ cert, key, ...tls }, (request, response) => {
    const { authorization, 'content-type': contentType, 'content-length': length } = request.headers
    asked.push({ method: request.method, path: request.url, authorization, contentType, length })
    answer(request, response)
  })
  const first = once(server, 'request')
  await once(server.listen(0, '127.0.0.1'), 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    asked,
    first,
    close: async () => {
      server.closeAllConnections()
      await new Promise((done) => server.close(done))
    },
  }
}
