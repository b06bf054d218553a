import type { DeviceTransport } from '../plane.ts'
import type { DigestAlgorithm } from './digest.ts'

export const realm = 'devices'

export type Offer =
  | { readonly scheme: 'basic' }
  | { readonly scheme: 'digest'; readonly algorithm: DigestAlgorithm }

/**
 * The one way of signing in that is offered: some clients stumble over a choice. Over TLS it is Basic, which every
 * client knows; in the clear it is Digest with MD5, the only hash old clients know, because no device may ever be
 * asked to send its password where others listen. TFTP has no credentials.
 */
export const offers: Readonly<Record<Exclude<DeviceTransport, 'tftp'>, Offer>> = {
  http: { scheme: 'digest', algorithm: 'MD5' },
  https: { scheme: 'basic' },
  mtls: { scheme: 'basic' },
}

/** The WWW-Authenticate header of an offer: the same for everybody but for the nonce. */
export function challengeHeader(offer: Offer, nonce: () => string, stale: boolean): string {
  if (offer.scheme === 'basic') return `Basic realm="${realm}"`
  const again = stale ? ', stale=true' : ''
  return `Digest realm="${realm}", nonce="${nonce()}", qop="auth", algorithm=${offer.algorithm}${again}`
}
