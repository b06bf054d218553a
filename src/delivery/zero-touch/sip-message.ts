/** A SIP request as far as plug and play needs it. */
export interface SipRequest {
  readonly method: string
  readonly uri: string
  /** All values of a header, in their order, by its full name in lower case. */
  all(name: string): readonly string[]
  /** The value of a header that may stand once only; undefined where it stands never or again. */
  one(name: string): string | undefined
}

/** Far more than any phone sends; an IP fragment or two. */
const LONGEST = 4096

/** RFC 3261, 7.3.3, and RFC 6665 for the event. */
const COMPACT: Readonly<Record<string, string>> = {
  c: 'content-type',
  f: 'from',
  i: 'call-id',
  l: 'content-length',
  m: 'contact',
  o: 'event',
  t: 'to',
  v: 'via',
}

/** Reads a datagram; what is not plainly a SIP request is none. Its body is of no interest. */
export function readSipRequest(datagram: Buffer): SipRequest | undefined {
  const text = readHead(datagram)
  if (text === undefined) return undefined
  const [start = '', ...lines] = text.split('\r\n')
  const [, method, uri] = /^([A-Z]{1,20}) (\S{1,300}) SIP\/2\.0$/.exec(start) ?? []
  if (method === undefined || uri === undefined) return undefined
  const headers = new Map<string, string[]>()
  for (const line of lines) {
    const colon = line.indexOf(':')
    const written = line.slice(0, Math.max(0, colon)).trim().toLowerCase()
    if (!/^[a-z0-9-]{1,40}$/.test(written)) return undefined
    const name = (Object.hasOwn(COMPACT, written) ? COMPACT[written] : undefined) ?? written
    headers.set(name, [...(headers.get(name) ?? []), line.slice(colon + 1).trim()])
  }
  const all = (name: string) => headers.get(name) ?? []
  return { method, uri, all, one: (name) => (all(name).length === 1 ? all(name)[0] : undefined) }
}

/** The status and the branch of the topmost Via of an answer, which tell to what it is one. */
export function readSipAnswer(
  datagram: Buffer,
): { readonly status: number; readonly branch: string } | undefined {
  const text = readHead(datagram)
  const status = /^SIP\/2\.0 ([1-6]\d\d)(?: |\r\n)/.exec(text ?? '')?.[1]
  const branch = /\r\n(?:Via|v)[ \t]*:[^\r]*?;[ \t]*branch=([\w.~+*!%-]{1,100})/i.exec(text ?? '')?.[1]
  return status === undefined || branch === undefined ? undefined : { status: Number(status), branch }
}

/** Everything before the empty line, folded lines unfolded. Copied into answers, so no control characters may hide in it. */
function readHead(datagram: Buffer): string | undefined {
  if (datagram.length > LONGEST) return undefined
  const end = datagram.indexOf('\r\n\r\n')
  if (end < 0) return undefined
  const text = datagram.toString('utf8', 0, end).replace(/\r\n[ \t]+/g, ' ')
  return /[^\P{Cc}\t\r\n]|\r(?!\n)|(?<!\r)\n/u.test(text) ? undefined : text
}
