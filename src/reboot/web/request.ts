import { request } from 'node:https'
import type { WebRequest } from '../../devices/web-wake.ts'

export interface DeviceAddress {
  readonly host: string
  readonly port: number
}

export interface DeviceAnswer {
  readonly status: number
  readonly retryAfter?: string
  readonly body: string
}

/** A device answers in a few words; what follows them is not read. */
const longestBody = 16 * 1024

/**
 * One request to a device's own web server. Its certificate is its own or its maker's and names no address, so it
 * cannot be checked; and the oldest devices speak nothing newer than TLS 1.0.
 */
export function askDevice(
  { host, port }: DeviceAddress,
  { method, path, headers }: WebRequest,
  authorization: string,
  signal: AbortSignal,
): Promise<DeviceAnswer> {
  return new Promise((resolve, reject) => {
    const asked = request({
      host,
      port,
      method,
      path,
      headers: { ...headers, authorization },
      agent: false,
      rejectUnauthorized: false,
      minVersion: 'TLSv1',
      ciphers: 'DEFAULT:@SECLEVEL=0',
      signal,
    })
    asked.on('error', reject)
    asked.on('response', (answer) => {
      const status = answer.statusCode ?? 0
      const retryAfter = answer.headers['retry-after']
      let body = ''
      const done = (): void => {
        resolve({ status, body, ...(retryAfter === undefined ? {} : { retryAfter }) })
        asked.destroy()
      }
      answer.setEncoding('latin1')
      answer.on('data', (chunk: string) => {
        body += chunk
        if (body.length > longestBody) done()
      })
      // A device that restarts at once may cut its own answer short: its status has been heard.
      answer.on('close', done)
      answer.on('error', done)
    })
    asked.end()
  })
}
