import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'

export interface Asked {
  readonly method: string
  readonly path: string
  readonly headers: http.IncomingHttpHeaders
}

export type Edit = (path: string, text: string) => string

/** A server between the phones and theirs that may say something else than theirs, and remembers what was asked. */
export async function proxyTo(
  target: URL,
  {
    edit = (_, text) => text,
    refuse,
    from,
  }: {
    edit?: Edit
    refuse?: (asked: Asked) => http.OutgoingHttpHeaders | undefined
    /** The address of this machine that their server sees. */
    from?: () => string
  },
): Promise<{ readonly url: URL; readonly asked: readonly Asked[] }> {
  const asked: Asked[] = []
  const server = http.createServer((request, response) => {
    const { method = '', url: path = '', headers } = request
    const one = { method, path, headers }
    asked.push(one)
    const refusal = refuse?.(one)
    if (refusal) {
      request.resume()
      response.writeHead(503, { 'content-length': 0, ...refusal }).end()
      return
    }
    const onward = http.request(
      new URL(path, target),
      { method, headers: { ...headers, host: target.host }, ...(from ? { localAddress: from() } : {}) },
      (answer) => {
        const chunks: Buffer[] = []
        answer.on('data', (chunk: Buffer) => chunks.push(chunk))
        answer.once('end', () => {
          const text = Buffer.concat(chunks).toString()
          const body = Buffer.from(answer.statusCode === 200 ? edit(path, text) : text)
          const length = method === 'HEAD' ? answer.headers['content-length'] : body.length
          response.writeHead(answer.statusCode ?? 500, { ...answer.headers, 'content-length': length ?? 0 })
          response.end(body)
        })
      },
    )
    request.pipe(onward)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  })
  const { port } = server.address() as AddressInfo
  return { url: new URL(`http://127.0.0.1:${port}/`), asked }
}
