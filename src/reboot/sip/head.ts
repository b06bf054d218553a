/** The start line of a SIP message, and its header lines, unfolded. */
export interface Head {
  readonly start: string
  readonly headers: string
}

/** RFC 3261, 7.3.3, for the headers that are read here. */
const compact: Readonly<Record<string, string>> = {
  'call-id': 'i',
  'content-length': 'l',
  from: 'f',
  to: 't',
  via: 'v',
}

/** Values are copied into answers and requests of ours: one that could become a second line is none. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is refused.
const unfit = /[\u0000-\u0008\u000a-\u001f\u007f]/

/** Reads everything before the empty line; `undefined` for what is no message. */
export function readHead(bytes: Buffer): Head | undefined {
  const whole = bytes.toString()
  const end = whole.indexOf('\r\n\r\n')
  if (end <= 0) return undefined
  const text = whole.slice(0, end)
  const lines = text.includes('\r\n ') || text.includes('\r\n\t') ? text.replace(/\r\n[ \t]+/g, ' ') : text
  const startEnd = lines.indexOf('\r\n')
  return startEnd < 0
    ? { start: lines, headers: '' }
    : { start: lines.slice(0, startEnd), headers: lines.slice(startEnd + 2) }
}

/** The value of a header's first line, by its full name in lower case. */
export function firstOf({ headers }: Head, name: string): string | undefined {
  for (let at = 0; at < headers.length; at = lineEnd(headers, at) + 2) {
    const value = valueAt(headers, at, name)
    if (value !== undefined) return value
  }
  return undefined
}

/** The values of all lines of a header, in their order. */
export function allOf({ headers }: Head, name: string): readonly string[] {
  const values: string[] = []
  for (let at = 0; at < headers.length; at = lineEnd(headers, at) + 2) {
    const value = valueAt(headers, at, name)
    if (value !== undefined) values.push(value)
  }
  return values
}

function lineEnd(headers: string, at: number): number {
  const end = headers.indexOf('\r\n', at)
  return end < 0 ? headers.length : end
}

/** Most lines are of other headers, which their first letter shows already. */
function valueAt(headers: string, at: number, name: string): string | undefined {
  const short = compact[name]
  const letter = headers.charCodeAt(at) | 0x20
  if (letter !== name.charCodeAt(0) && letter !== short?.charCodeAt(0)) return undefined
  const end = lineEnd(headers, at)
  const colon = headers.indexOf(':', at)
  if (colon < 0 || colon > end) return undefined
  const written = headers.slice(at, colon).trimEnd().toLowerCase()
  if (written !== name && written !== short) return undefined
  const value = headers.slice(colon + 1, end).trim()
  return unfit.test(value) ? undefined : value
}
