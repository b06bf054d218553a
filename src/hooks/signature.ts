import { createHmac } from 'node:crypto'

/**
 * `t=1764000000,v1=…`: when it was sent, in seconds, and the HMAC-SHA256 of that time, a dot and the body in hex. With
 * the time signed too, whoever has overheard a message cannot send it again much later.
 */
export function signature(secret: string, body: string, at: number): string {
  const time = Math.floor(at / 1000)
  return `t=${time},v1=${createHmac('sha256', secret).update(`${time}.${body}`).digest('hex')}`
}
