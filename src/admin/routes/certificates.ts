import { z } from 'zod'
import { type Route, route } from '../route.ts'
import type { KeptCertificate } from '../services.ts'

const certificateOf = z.object({
  file: z.string(),
  subject: z.string(),
  names: z.array(z.string()).describe('Names and addresses it is good for'),
  key: z.string(),
  expires: z.string(),
  daysLeft: z.int().describe('Negative once it has expired'),
  fingerprint: z.string(),
})

const readCertificates = route({
  id: 'readCertificates',
  method: 'get',
  path: '/certificates',
  summary: 'Read the certificates that devices see, when they expire, and the makers’ authorities',
  tag: 'server',
  action: 'certificates.read',
  of: 'server',
  answer: z.object({
    source: z.enum(['operator', 'own-ca', 'nothing-yet']),
    certificates: z.array(certificateOf),
    vendors: z.array(certificateOf),
    faults: z.array(z.record(z.enum(['code', 'message', 'remedy']), z.string())),
  }),
  async handle({ services }) {
    const { source, certificates, vendors, faults } = await services.certificates()
    return {
      body: {
        source,
        certificates: certificates.map(shownCertificate),
        vendors: vendors.map(shownCertificate),
        faults: faults.map(({ code, message, remedy }) => ({ code, message, remedy })),
      },
    }
  },
})

function shownCertificate(certificate: KeptCertificate): z.input<typeof certificateOf> {
  const { file, subject, names, key, expires, daysLeft, fingerprint } = certificate
  return { file, subject, names: [...names], key, expires, daysLeft, fingerprint }
}

export const certificateRoutes: readonly Route[] = [readCertificates]
