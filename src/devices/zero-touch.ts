import { audiocodesDhcp } from './audiocodes/zero-touch.ts'
import type { DhcpFacts } from './dhcp-facts.ts'
import { polycomDhcp } from './polycom/zero-touch.ts'
import { yealinkDhcp } from './yealink/zero-touch.ts'

/** What every vendor's devices say and ask in DHCP: a new vendor is a line here, as in vendors.ts. */
export const dhcpFacts: readonly DhcpFacts[] = [...polycomDhcp, ...yealinkDhcp, ...audiocodesDhcp]
