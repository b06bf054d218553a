import type { Parts } from '../devices/parts.ts'

/** UTF-8 needs at most three bytes for a unit of a string. */
const mostBytes = 3

/** Where files are put together, so that one that stayed as it was needs no memory of its own. */
let desk = Buffer.allocUnsafeSlow(1 << 16)

/** A file's bytes, to be looked at or copied before the next file's are asked for. */
export function bytesOf(parts: Parts): Buffer {
  const room = parts.reduce(
    (sum, part) => sum + (typeof part === 'string' ? part.length * mostBytes : part.bytes.length),
    0,
  )
  if (room > desk.length) desk = Buffer.allocUnsafeSlow(room * 2)
  let end = 0
  for (const part of parts) {
    if (typeof part === 'string') end += desk.write(part, end)
    else {
      desk.set(part.bytes, end)
      end += part.bytes.length
    }
  }
  return desk.subarray(0, end)
}
