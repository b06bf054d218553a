/** User and password of a Basic token; `undefined` when it holds no colon or no text. */
export function readBasic(token: string): { readonly user: string; readonly password: string } | undefined {
  const bytes = Buffer.from(token, 'base64')
  const text = bytes.toString('utf8')
  const colon = text.indexOf(':')
  if (colon < 0 || text.includes('\uFFFD')) return undefined
  return { user: text.slice(0, colon), password: text.slice(colon + 1) }
}
