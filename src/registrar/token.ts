import { createHash, timingSafeEqual } from 'node:crypto'

/**
 * Whether a request shows the token, as a bearer token or as the password of the user `registrar` (FreeSWITCH knows no
 * other way). Hashes are compared, so that the time it takes says nothing of how much was right.
 */
export function tokenCheck(token: string): (authorization: string | undefined) => boolean {
  const bearer = sha256(token)
  const basic = sha256(`registrar:${token}`)
  return (authorization) => {
    const [, scheme = '', value = ''] = /^(Bearer|Basic) +(\S+)$/i.exec(authorization ?? '') ?? []
    if (scheme.toLowerCase() === 'bearer') return timingSafeEqual(sha256(value), bearer)
    if (scheme.toLowerCase() !== 'basic') return false
    return timingSafeEqual(sha256(Buffer.from(value, 'base64')), basic)
  }
}

function sha256(text: string | Uint8Array): Buffer {
  return createHash('sha256').update(text).digest()
}
