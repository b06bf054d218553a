/** Longer than any header a device has reason to send: a user, a realm, a nonce, a path, two hashes. */
const longest = 2048

/** What stands behind the scheme of an Authorization header: one value, or named ones. */
export type Authorization =
  | { readonly scheme: 'basic'; readonly token: string }
  | { readonly scheme: 'digest'; readonly parameters: ReadonlyMap<string, string> }

/**
 * Reads an Authorization header; `undefined` when it is none we offer, too long, malformed or says a thing twice:
 * what may be read in two ways is not read at all.
 */
export function readAuthorization(header: string): Authorization | undefined {
  if (header.length > longest) return undefined
  const [, scheme = '', rest = ''] = /^ *([A-Za-z]+) +(.*?) *$/.exec(header) ?? []
  switch (scheme.toLowerCase()) {
    case 'basic':
      return /^[A-Za-z0-9+/]+={0,2}$/.test(rest) ? { scheme: 'basic', token: rest } : undefined
    case 'digest': {
      const parameters = readParameters(rest)
      return parameters && { scheme: 'digest', parameters }
    }
    default:
      return undefined
  }
}

/** One `name=value`, the value a token or a quoted string in which a backslash takes the next character as it is. */
const parameter = /[ \t,]*([!#$%&'*+.^_`|~\w-]+)[ \t]*=[ \t]*(?:"((?:[^"\\]|\\.)*)"|([^\s",]+))[ \t]*(?=,|$)/y

function readParameters(text: string): ReadonlyMap<string, string> | undefined {
  const read = new Map<string, string>()
  let at = 0
  while (/[^ \t,]/.test(text.slice(at))) {
    parameter.lastIndex = at
    const found = parameter.exec(text)
    const name = found?.[1]?.toLowerCase()
    if (!found || name === undefined || read.has(name)) return undefined
    read.set(name, found[2]?.replace(/\\(.)/g, '$1') ?? found[3] ?? '')
    at = parameter.lastIndex
  }
  return read
}
