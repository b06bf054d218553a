/** Everything of a SIP message before its empty line, unfolded. */
export interface Head {
  readonly text: string
  /** Where the headers begin. */
  readonly headers: number
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
  const lines = whole.slice(0, end)
  const text = lines.includes('\r\n ') || lines.includes('\r\n\t') ? lines.replace(/\r\n[ \t]+/g, ' ') : lines
  return { text, headers: lineEnd(text, 0) + 2 }
}

export function startLine({ text, headers }: Head): string {
  return text.slice(0, headers - 2)
}

/** The value of a header's first line, by its full name in lower case. */
export function firstOf({ text, headers }: Head, name: string): string | undefined {
  for (let at = headers; at < text.length; at = lineEnd(text, at) + 2) {
    const value = valueAt(text, at, name)
    if (value !== undefined) return value
  }
  return undefined
}

/** The values of all lines of a header, in their order. */
export function allOf({ text, headers }: Head, name: string): readonly string[] {
  const values: string[] = []
  for (let at = headers; at < text.length; at = lineEnd(text, at) + 2) {
    const value = valueAt(text, at, name)
    if (value !== undefined) values.push(value)
  }
  return values
}

function lineEnd(text: string, at: number): number {
  const end = text.indexOf('\r\n', at)
  return end < 0 ? text.length : end
}

/** Most lines are of other headers, which their first letter shows already. */
function valueAt(text: string, at: number, name: string): string | undefined {
  const short = compact[name]
  const letter = text.charCodeAt(at) | 0x20
  if (letter !== name.charCodeAt(0) && letter !== short?.charCodeAt(0)) return undefined
  const end = lineEnd(text, at)
  const colon = text.indexOf(':', at)
  if (colon < 0 || colon > end) return undefined
  const written = text.slice(at, colon).trimEnd().toLowerCase()
  if (written !== name && written !== short) return undefined
  const value = text.slice(colon + 1, end).trim()
  return unfit.test(value) ? undefined : value
}
