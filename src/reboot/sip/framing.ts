/** Messages on a stream follow each other without a mark; each says in its head how long its body is. */
export interface Framer {
  /** Takes what has arrived; the messages that are whole now, or `broken` when there is no telling where one ends. */
  take(piece: Buffer): readonly Buffer[] | 'broken'
}

/** Far more than any answer; whoever sends more without an end is not followed. */
const LONGEST = 64 * 1024

export function createFramer(): Framer {
  let rest: Buffer = Buffer.alloc(0)
  return {
    take(piece) {
      rest = rest.length === 0 ? piece : Buffer.concat([rest, piece])
      const messages: Buffer[] = []
      for (;;) {
        rest = withoutKeepAlive(rest)
        const end = rest.indexOf('\r\n\r\n')
        if (end < 0) break
        const body = bodyLength(rest.toString('latin1', 0, end))
        if (body === undefined) return 'broken'
        const whole = end + 4 + body
        if (rest.length < whole) break
        messages.push(rest.subarray(0, whole))
        rest = rest.subarray(whole)
      }
      return rest.length > LONGEST ? 'broken' : messages
    },
  }
}

/** Line ends between messages keep a connection alive (RFC 5626, 3.5.1). */
function withoutKeepAlive(bytes: Buffer): Buffer {
  let start = 0
  while (bytes[start] === 0x0d || bytes[start] === 0x0a) start++
  return bytes.subarray(start)
}

function bodyLength(head: string): number | undefined {
  const lengths = [...head.matchAll(/\r\n(?:content-length|l)[ \t]*:([^\r\n]*)/gi)].map(([, value]) =>
    value?.trim(),
  )
  const first = lengths[0] ?? '0'
  if (!/^\d{1,5}$/.test(first) || lengths.some((other) => other !== first)) return undefined
  return Number(first) <= LONGEST ? Number(first) : undefined
}
