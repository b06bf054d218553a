import type { DhcpFacts } from '../dhcp-facts.ts'

const customThenStandard = [
  { code: 160, confidence: 'verified' },
  { code: 66, confidence: 'verified' },
] as const

/** The factory setting is "Custom + Option 66", with 160 as the custom option. */
export const polycomDhcp: readonly DhcpFacts[] = [
  {
    name: 'polycom',
    devices: 'SoundPoint, SoundStation and VVX phones',
    // The second form is binary (RFC 3925): the enterprise number 13885, then lengths and sub-options.
    classes: [{ begins: 'Polycom-' }, { beginsWithBytes: '0000363d' }],
    confidence: 'verified',
    options: customThenStandard,
    notes: [
      'A phone set to another custom option (128 to 254) asks for that one instead of 160.',
      'They ask for option 43 too, but what they understand in it is not established.',
      'An address without http:// or tftp:// in front means FTP to old ones.',
    ],
  },
  {
    name: 'poly',
    devices: 'Poly phones, as the Edge E',
    classes: [{ begins: 'Poly-' }],
    confidence: 'likely',
    options: [
      ...customThenStandard,
      { code: 161, confidence: 'likely', when: 'seen in one guide for Edge phones' },
    ],
    notes: [],
  },
]
