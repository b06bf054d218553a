const LF = 0x0a
const CR = 0x0d
const NUL = 0x00

/** A line feed travels as CR LF and a carriage return as CR NUL. Each byte stands alone, so pieces may be joined. */
export function encodeNetascii(bytes: Buffer): Buffer {
  let special = 0
  for (const byte of bytes) if (byte === LF || byte === CR) special++
  if (special === 0) return bytes
  const encoded = Buffer.allocUnsafe(bytes.length + special)
  let at = 0
  for (const byte of bytes) {
    if (byte === LF) encoded[at++] = CR
    encoded[at++] = byte
    if (byte === CR) encoded[at++] = NUL
  }
  return encoded
}

export interface NetasciiDecoder {
  decode(bytes: Buffer): Buffer
  /** What a last, unfinished pair leaves behind. */
  end(): Buffer
}

/** Undoes the encoding of bytes that come in blocks, where a pair may lie across the border of two. */
export function netasciiDecoder(): NetasciiDecoder {
  let heldReturn = false
  return {
    decode(bytes) {
      const decoded = Buffer.allocUnsafe(bytes.length + 1)
      let at = 0
      for (const byte of bytes) {
        if (heldReturn) {
          heldReturn = false
          if (byte === LF || byte === NUL) {
            decoded[at++] = byte === LF ? LF : CR
            continue
          }
          decoded[at++] = CR // A lone CR is not netascii; it is kept as it came.
        }
        if (byte === CR) heldReturn = true
        else decoded[at++] = byte
      }
      return decoded.subarray(0, at)
    },
    end() {
      return heldReturn ? Buffer.of(CR) : Buffer.alloc(0)
    },
  }
}
