import type { Subscription } from './pnp-subscribe.ts'

/** Where a message leaves from, as the other side is to answer it. */
export interface Endpoint {
  readonly address: string
  readonly port: number
}

interface Ours {
  readonly own: Endpoint
  /** Marks this dialog on our side. */
  readonly tag: string
}

/** "Heard": the phone's headers come back, with our tag, and where it was seen when it asked for that (RFC 3581). */
export function okTo(
  { via, from, to, callId, cseq }: Subscription,
  source: Endpoint,
  { own, tag }: Ours,
): Buffer {
  const [top = '', ...below] = via
  const seen = top.replace(
    /;[ \t]*rport(?=[ \t]*(?:;|,|$))/i,
    `;rport=${source.port};received=${source.address}`,
  )
  return message([
    'SIP/2.0 200 OK',
    ...[seen, ...below].map((each) => `Via: ${each}`),
    `From: ${from}`,
    `To: ${tagged(to, tag)}`,
    `Call-ID: ${callId}`,
    `CSeq: ${cseq}`,
    `Contact: <sip:${own.address}:${own.port}>`,
    'Expires: 0',
  ])
}

/** The address of the server, and the end of the subscription. What the phone called itself is now whom we speak to. */
export function notifyOf(
  { from, to, callId, contact }: Subscription,
  url: string,
  { own, tag, branch }: Ours & { readonly branch: string },
): Buffer {
  return message(
    [
      `NOTIFY ${contact.uri} SIP/2.0`,
      `Via: SIP/2.0/UDP ${own.address}:${own.port};branch=${branch};rport`,
      'Max-Forwards: 70',
      `From: ${tagged(to, tag)}`,
      `To: ${from}`,
      `Call-ID: ${callId}`,
      'CSeq: 1 NOTIFY',
      `Contact: <sip:${own.address}:${own.port}>`,
      'Event: ua-profile',
      'Subscription-State: terminated;reason=timeout',
      'Content-Type: application/url',
    ],
    url,
  )
}

function tagged(to: string, tag: string): string {
  return `${to.replace(/;[ \t]*tag=[^;\s]*/i, '')};tag=${tag}`
}

function message(lines: readonly string[], body = ''): Buffer {
  return Buffer.from(
    `${[...lines, `Content-Length: ${Buffer.byteLength(body)}`].join('\r\n')}\r\n\r\n${body}`,
  )
}
