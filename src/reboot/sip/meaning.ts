import type { WakeAnswer, WakeResult } from '../wake.ts'
import { retryAfter, type SipAnswer, statusLine } from './answer.ts'

/** What a final answer says of the device; what is not here is a refusal. */
const meanings: Readonly<Record<number, WakeResult>> = {
  401: 'credentials',
  404: 'absent',
  407: 'credentials',
  408: 'silent',
  410: 'absent',
  // The server knows the device, but the connection it came over is gone (RFC 5626; Kamailio says 477 and 478).
  430: 'silent',
  477: 'silent',
  478: 'silent',
  480: 'absent',
  481: 'unwilling',
  486: 'busy',
  489: 'unwilling',
  491: 'busy',
  // A server in trouble, which is better left alone for a while; the device has no part in it.
  500: 'overloaded',
  502: 'overloaded',
  503: 'overloaded',
  504: 'silent',
  580: 'overloaded',
  600: 'busy',
  604: 'absent',
}

export function meaningOf(answer: SipAnswer): WakeAnswer {
  const { status } = answer
  if (status < 300) return { result: 'heard', status, detail: statusLine(answer) }
  const seconds = retryAfter(answer)
  return {
    result: meanings[status] ?? 'refused',
    status,
    detail: statusLine(answer),
    ...(seconds !== undefined && { retryAfter: seconds }),
  }
}
