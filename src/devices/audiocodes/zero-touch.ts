import type { DhcpFacts } from '../dhcp-facts.ts'
import { audiocodesModels } from './models.ts'

/** The vendor class of a phone is the bare name of its model. */
const phones = audiocodesModels.filter(({ kind }) => kind === 'phone').map(({ userAgent = '' }) => userAgent)

export const audiocodesDhcp: readonly DhcpFacts[] = [
  {
    name: 'audiocodes',
    devices: 'AudioCodes 400HD phones',
    classes: phones.map((is) => ({ is })),
    confidence: 'verified',
    options: [
      { code: 160, confidence: 'verified' },
      { code: 66, confidence: 'verified' },
    ],
    notes: [
      'In option 66 an address without http:// in front means TFTP.',
      'MP-11x and MP-124 gateways start over TFTP: option 66 is the host, 67 the name of a file, their own.',
      'Each gateway needs an entry of its own therefore, and BootPSelectiveEnable must be 0 on it.',
      'What MP-202 and MP-204 adapters ask is not established: give them the address by hand.',
    ],
  },
]
