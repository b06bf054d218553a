const LONGEST_NAME = 255

/**
 * The name a device means, or nothing when it cannot be one. Phones write a leading slash, `./`, doubled slashes or
 * backslashes; a name that climbs with `..`, holds control characters or is too long is simply not found.
 */
export function cleanName(written: string): string | undefined {
  if (Buffer.byteLength(written) > LONGEST_NAME || hasControlCharacter(written)) return undefined
  const segments = written.split(/[/\\]/).filter((segment) => segment !== '' && segment !== '.')
  if (segments.length === 0 || segments.includes('..')) return undefined
  return segments.join('/')
}

function hasControlCharacter(text: string): boolean {
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code < 0x20 || code === 0x7f) return true
  }
  return false
}
