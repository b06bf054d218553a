import type { Errand } from './errand.ts'
import type { Path } from './path.ts'

/** What makes one request unlike every other. */
export interface Marks {
  readonly callId: string
  readonly tag: string
  readonly sequence: number
  readonly branch: string
}

/**
 * A NOTIFY outside of any dialog: the To has no tag. `terminated` because RFC 6665 wants a state and there is no
 * subscription. `signIn` is empty, or whole header lines.
 */
export function writeNotify(errand: Errand, path: Path, marks: Marks, signIn: string): Buffer {
  return Buffer.from(
    `NOTIFY ${errand.requestUri} SIP/2.0\r\n` +
      `Via: ${path.via};branch=${marks.branch};rport\r\n` +
      'Max-Forwards: 70\r\n' +
      `From: <${errand.from}>;tag=${marks.tag}\r\n` +
      `To: <${errand.to}>\r\n` +
      `Call-ID: ${marks.callId}\r\n` +
      `CSeq: ${marks.sequence} NOTIFY\r\n` +
      `Contact: <${path.contact}>\r\n` +
      `Event: ${errand.event}\r\n` +
      'Subscription-State: terminated\r\n' +
      `${signIn}Content-Length: 0\r\n\r\n`,
  )
}
