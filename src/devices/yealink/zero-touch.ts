import type { DhcpFacts } from '../dhcp-facts.ts'

/** Custom options come first, then 66, then 43; a phone from the factory has no custom option. */
export const yealinkDhcp: readonly DhcpFacts[] = [
  {
    name: 'yealink',
    devices: 'Yealink phones and DECT bases',
    classes: [{ begins: 'yealink' }, { begins: 'Yealink' }],
    confidence: 'unsure',
    options: [
      { code: 160, confidence: 'likely', when: 'where 160 is set as a custom option on the phone' },
      { code: 66, confidence: 'verified' },
      { code: 43, confidence: 'likely', when: 'the address as plain text, read after option 66' },
    ],
    notes: ['They may look at the redirect service and at plug and play before DHCP.'],
  },
]
