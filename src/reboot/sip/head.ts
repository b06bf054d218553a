/** The start line and the headers of a SIP message. */
export interface Head {
  readonly start: string
  /** The value of a header's first line, by its full name in lower case. */
  first(name: string): string | undefined
  /** The values of all lines of a header, in their order. */
  all(name: string): readonly string[]
}

/** RFC 3261, 7.3.3, for the headers that are read here. */
const compact: Readonly<Record<string, string>> = {
  f: 'from',
  i: 'call-id',
  l: 'content-length',
  t: 'to',
  v: 'via',
}

/**
 * Reads everything before the empty line. Headers are looked for when they are asked for: of most answers only two
 * matter. What has control characters in it is no message: parts of it are copied into answers and details.
 */
export function readHead(bytes: Buffer): Head | undefined {
  const end = bytes.indexOf('\r\n\r\n')
  if (end <= 0) return undefined
  const text = bytes.toString('utf8', 0, end)
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is refused.
  if (/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]|\r(?!\n)|(?<!\r)\n/.test(text)) return undefined
  const [start = '', ...lines] = unfolded(text).split('\r\n')
  const valueIn = (line: string, name: string): string | undefined => {
    const colon = line.indexOf(':')
    if (colon < 1) return undefined
    const written = line.slice(0, colon).trimEnd().toLowerCase()
    return written === name || compact[written] === name ? line.slice(colon + 1).trim() : undefined
  }
  return {
    start,
    first(name) {
      for (const line of lines) {
        const value = valueIn(line, name)
        if (value !== undefined) return value
      }
      return undefined
    },
    all: (name) => lines.map((line) => valueIn(line, name)).filter((value) => value !== undefined),
  }
}

function unfolded(text: string): string {
  return text.includes('\r\n ') || text.includes('\r\n\t') ? text.replace(/\r\n[ \t]+/g, ' ') : text
}
