import type { UserAgentFacts } from '../driver.ts'

/**
 * `Yealink SIP-T54W 96.86.0.45 00:15:65:aa:bb:cc` and its older forms: a small y, no maker, `SIP VP-`, a hyphen, two
 * spaces, a MAC without colons or none at all.
 */
const form =
  /^(?<maker>yealink[\s-]+)?(?:SIP(?: VP)?[ -])?(?<model>\w+)\s+(?<version>\d+(?:\.\d+)+)(?:\s+(?<mac>[\da-f]{12}|[\da-f]{2}(?::[\da-f]{2}){5}))?(?:\s|$)/i

export function readUserAgent(userAgent: string): UserAgentFacts | undefined {
  const { maker, model, version, mac } = form.exec(userAgent)?.groups ?? {}
  if (!model || !version || (!maker && !mac)) return undefined
  const address = mac && { mac: mac.replaceAll(':', '').toLowerCase() }
  return { maker: 'yealink', model, version, ...(address || {}) }
}
