/** A request that asks for a file and for nothing else. */
export interface PlainGet {
  readonly target: string
  readonly userAgent: string | undefined
  readonly authorization: string | undefined
}

const REQUEST_LINE = /^GET (\/[\w./-]+) HTTP\/1\.1\r\n/
/** A name, a colon, and a value that begins with no space and holds nothing but printable ASCII. */
const HEADER_LINE = /([A-Za-z-]+): ?([\x21-\x7e][\x20-\x7e]*)\r\n/y

/** These say what a client would rather have, of which a device's file has one form only. */
const UNHEEDED = new Set([
  'accept',
  'accept-charset',
  'accept-encoding',
  'accept-language',
  'cache-control',
  'pragma',
])

/**
 * Reads what is exactly one request of the plainest form: whole, by a bare path, with headers each of which is known here
 * and stands once. Nothing where a byte is not as it should be, and nothing where a header asks for more: such a request
 * is Node's to read, which knows all of HTTP.
 */
export function plainGet(heard: Buffer): PlainGet | undefined {
  const text = heard.toString('latin1')
  const line = REQUEST_LINE.exec(text)
  if (line?.[1] === undefined || !text.endsWith('\r\n\r\n')) return undefined
  const end = text.length - 2
  let host = false
  let userAgent: string | undefined
  let authorization: string | undefined
  HEADER_LINE.lastIndex = line[0].length
  while (HEADER_LINE.lastIndex < end) {
    const header = HEADER_LINE.exec(text)
    const value = header?.[2]
    // Where no line matches, the next search would begin at the front again.
    if (header?.[1] === undefined || value === undefined || value.endsWith(' ')) return undefined
    const name = header[1].toLowerCase()
    if (name === 'host' && !host) host = true
    else if (name === 'user-agent' && userAgent === undefined) userAgent = value
    else if (name === 'authorization' && authorization === undefined) authorization = value
    else if (!UNHEEDED.has(name) && !(name === 'connection' && value.toLowerCase() === 'keep-alive'))
      return undefined
  }
  // HTTP 1.1 wants a host.
  return host ? { target: line[1], userAgent, authorization } : undefined
}
