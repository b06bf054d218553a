/** One message of a switch: headers, and a body where a header gives its length. */
export interface Block {
  /** By name in lower case; of a header that comes twice the first counts. */
  readonly headers: ReadonlyMap<string, string>
  /** Lines that are no headers, and the body. */
  readonly text: string
}

export type BlockReader = (chunk: string) => readonly Block[]

/** Nothing that a switch says to us is nearly as long: a peer that goes on speaks another protocol. */
const longest = 64 * 1024

export class TooLong extends Error {}

/**
 * Cuts what arrives into messages, whatever pieces it arrives in. `banner`: the first line stands alone. Chunks hold
 * one character a byte (latin1), so that lengths count bytes. Lines may end in LF alone, and an empty line more between
 * two messages means nothing: Asterisk ends some of its messages twice.
 */
export function createBlockReader({ banner }: { readonly banner: boolean }): BlockReader {
  let rest = ''
  let bannerDue = banner
  return (chunk) => {
    rest += chunk
    const blocks: Block[] = []
    for (;;) {
      const found = bannerDue ? cutLine(rest) : cutBlock(rest)
      if (!found) break
      bannerDue = false
      rest = found.rest
      blocks.push(found.block)
    }
    if (rest.length > longest) throw new TooLong('a message without an end')
    return blocks
  }
}

interface Cut {
  readonly block: Block
  readonly rest: string
}

function cutLine(text: string): Cut | undefined {
  const end = text.indexOf('\n')
  if (end < 0) return undefined
  return { block: { headers: new Map(), text: text.slice(0, end).trim() }, rest: text.slice(end + 1) }
}

function cutBlock(whole: string): Cut | undefined {
  const text = whole.replace(/^[\r\n]+/, '')
  const end = /\r?\n\r?\n/.exec(text)
  if (!end) return undefined
  const lines = text.slice(0, end.index).split(/\r?\n/)
  const headers = new Map<string, string>()
  const others: string[] = []
  for (const line of lines) {
    const colon = line.indexOf(':')
    const name = line.slice(0, colon).trim().toLowerCase()
    if (colon <= 0) others.push(line)
    else if (!headers.has(name)) headers.set(name, line.slice(colon + 1).trim())
  }
  const start = end.index + end[0].length
  const length = bodyLength(headers.get('content-length'))
  if (text.length < start + length) return undefined
  const body = text.slice(start, start + length)
  return {
    block: { headers, text: [...others, body].filter(Boolean).join('\n') },
    rest: text.slice(start + length),
  }
}

function bodyLength(given: string | undefined): number {
  if (given === undefined) return 0
  if (!/^\d{1,5}$/.test(given)) throw new TooLong('a message of no possible length')
  return Number(given)
}
