const LONGEST_NAME = 255

/** A path of plain names, none of which begins with a dot: nearly all that devices ask for. */
const PLAIN = /^\/[\w-][\w.-]*(?:\/[\w-][\w.-]*)*$/

/** `GET http://server/name`: devices that take the server for a proxy ask so. */
const ORIGIN = /^https?:\/\/[^/?#]*/i

/**
 * The name a request target means, or nothing when it cannot be one. It is decoded once: what is still encoded then is
 * part of the name. A backslash separates as a slash does, so that no file system can be told to climb with it.
 */
export function requestedName(target: string): string | undefined {
  if (PLAIN.test(target)) return target.length - 1 > LONGEST_NAME ? undefined : target.slice(1)
  const decoded = decode(target.replace(ORIGIN, '').replace(/[?#].*$/s, ''))
  if (decoded === undefined || hasControlCharacter(decoded)) return undefined
  const segments = decoded.split(/[/\\]/).filter((segment) => segment !== '' && segment !== '.')
  if (segments.includes('..')) return undefined
  const name = segments.join('/')
  return name.length > LONGEST_NAME ? undefined : name
}

function decode(path: string): string | undefined {
  try {
    return decodeURIComponent(path)
  } catch {
    return undefined
  }
}

function hasControlCharacter(text: string): boolean {
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code < 0x20 || (code >= 0x7f && code < 0xa0)) return true
  }
  return false
}
