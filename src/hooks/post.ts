import { request as plainRequest } from 'node:http'
import { request as secureRequest } from 'node:https'

export interface Post {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  /** Ends the attempt. */
  readonly signal: AbortSignal
}

/**
 * Sends a body and gives the status of the answer; what the answer holds is not read. A redirect is an answer like
 * others: messages go where they were meant to go, and nowhere else. On a failure the error has a code.
 */
export function post({ url, headers, body, signal }: Post): Promise<number> {
  const send = url.startsWith('https:') ? secureRequest : plainRequest
  return new Promise((resolve, reject) => {
    const request = send(url, {
      method: 'POST',
      // A connection of its own: one that was kept may end in the very moment it is used.
      agent: false,
      headers: {
        'Content-Type': 'application/json',
        'Content-Length': String(Buffer.byteLength(body)),
        'User-Agent': 'Bootline',
        ...headers,
      },
      signal,
    })
    request.on('response', (response) => {
      resolve(response.statusCode ?? 0)
      response.destroy()
    })
    request.on('error', reject)
    request.end(body)
  })
}
