/** Text that many files have alike, with its bytes: made once, neither written nor converted again for each of them. */
export interface Block {
  readonly text: string
  readonly bytes: Buffer
}

/** A file's text in the order it stands there. */
export type Parts = readonly (string | Block)[]

export function block(text: string): Block {
  return { text, bytes: Buffer.from(text) }
}

export function textOf(parts: Parts): string {
  return parts.map((part) => (typeof part === 'string' ? part : part.text)).join('')
}

/** Takes a block and says what to write in its place until all is laid out. */
export type Hold = (block: Block) => string

/** No value of a device can hold a NUL: every format's escape takes it out. */
const sign = '\0block '
const signEnd = '\0'

/**
 * What a template makes of texts and blocks, in parts: templates handle short marks instead of blocks, wherever an
 * operator's own template may put them.
 */
export function inParts(layOut: (hold: Hold) => string): Parts {
  const held: Block[] = []
  const text = layOut((block) => `${sign}${held.push(block) - 1}${signEnd}`)
  const parts: (string | Block)[] = []
  let from = 0
  for (let at = text.indexOf(sign); at >= 0; at = text.indexOf(sign, from)) {
    const end = text.indexOf(signEnd, at + sign.length)
    const block = held[Number(text.slice(at + sign.length, end))]
    if (!block) throw new Error('a template made a mark of its own')
    if (at > from) parts.push(text.slice(from, at))
    parts.push(block)
    from = end + signEnd.length
  }
  if (from < text.length) parts.push(text.slice(from))
  return parts
}
