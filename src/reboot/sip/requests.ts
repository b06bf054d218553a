import { allOf, firstOf, type Head, startLine } from './head.ts'
import type { Place } from './path.ts'
import { makeToken } from './tokens.ts'

const tag = makeToken()

/**
 * The answer to a request that comes to us. Proxies ask now and then whether we live; nobody has anything else to ask.
 * An ACK is never answered, nor is what is no request, so that no two servers can keep each other talking.
 */
export function answerRequest(head: Head, from: Place): Buffer | undefined {
  const method = /^([A-Z]{1,20}) \S+ SIP\/2\.0$/.exec(startLine(head))?.[1]
  const [via, ...beneath] = allOf(head, 'via')
  const [to, sender, callId, sequence] = ['to', 'from', 'call-id', 'cseq'].map((name) => firstOf(head, name))
  if (method === undefined || method === 'ACK' || via === undefined) return undefined
  if (to === undefined || sender === undefined || callId === undefined || sequence === undefined)
    return undefined
  const status = method === 'OPTIONS' ? '200 OK' : '501 Not Implemented'
  return Buffer.from(
    [
      `SIP/2.0 ${status}`,
      ...[seenFrom(via, from), ...beneath].map((value) => `Via: ${value}`),
      `From: ${sender}`,
      `To: ${/;[ \t]*tag[ \t]*=/i.test(to) ? to : `${to};tag=${tag}`}`,
      `Call-ID: ${callId}`,
      `CSeq: ${sequence}`,
      'Allow: OPTIONS',
      'Content-Length: 0',
      '\r\n',
    ].join('\r\n'),
  )
}

/** RFC 3581: the sender learns from where it was seen, if it asked. */
function seenFrom(via: string, { address, port }: Place): string {
  return via.replace(/;[ \t]*rport(?=[ \t]*(?:[;,]|$))/i, `;received=${address};rport=${port}`)
}
