/** The text of a file whose encoding nobody tells: by its mark, as UTF-8 where it is that, and else as Windows wrote it. */
export function decodeText(bytes: Uint8Array): string {
  const [first, second] = bytes
  if (first === 0xff && second === 0xfe) return decode('utf-16le', bytes)
  if (first === 0xfe && second === 0xff) return decode('utf-16be', bytes)
  const wide = widthOf(bytes)
  if (wide) return decode(wide, bytes)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    // Every byte means something in windows-1252, so this is the last guess: what French Excel calls CSV.
    return windows(bytes)
  }
}

/** UTF-16 without a mark: of Latin letters every other byte is zero. */
function widthOf(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  const head = bytes.subarray(0, Math.min(bytes.length, 400) & ~1)
  let even = 0
  let odd = 0
  for (let i = 0; i < head.length; i += 2) {
    if (head[i] === 0) even++
    if (head[i + 1] === 0) odd++
  }
  const most = head.length / 4
  if (head.length === 0 || (even <= most && odd <= most)) return undefined
  return odd > even ? 'utf-16le' : 'utf-16be'
}

/** What windows-1252 has where Latin-1 has controls, from 0x80 on; blanks are bytes that mean nothing. */
const special = '€ ‚ƒ„…†‡ˆ‰Š‹Œ Ž  ‘’“”•–—˜™š›œ žŸ'

/** By hand: the decoder of Node 20 takes these bytes for Latin-1, and apostrophes would become controls. */
function windows(bytes: Uint8Array): string {
  return Buffer.from(bytes)
    .toString('latin1')
    .replace(/[\u0080-\u009f]/g, (letter) => special[letter.charCodeAt(0) - 0x80] ?? letter)
}

function decode(encoding: string, bytes: Uint8Array): string {
  return new TextDecoder(encoding).decode(bytes)
}
