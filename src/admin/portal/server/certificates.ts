import { administrationCrumbs } from '../crumbs.ts'
import { inWords } from '../faults.ts'
import type { Page } from '../page.ts'

interface Certificate {
  readonly file: string
  readonly subject: string
  readonly names: readonly string[]
  readonly key: string
  readonly expires: string
  readonly daysLeft: number
  readonly fingerprint: string
}

interface Certificates {
  readonly source: 'operator' | 'own-ca' | 'nothing-yet'
  readonly certificates: readonly Certificate[]
  readonly vendors: readonly Certificate[]
  readonly faults: readonly { readonly code: string; readonly message: string; readonly remedy: string }[]
}

/** From then on somebody should have another one made. */
const soon = 30

/** What devices are shown, until when it is good, and whose certificates they may show themselves. */
export const certificatesPage: Page = {
  path: '/certificates',
  action: 'certificates.read',
  async show(visit) {
    const { body } = await visit.ask<Certificates>('readCertificates')
    const { source, certificates, vendors, faults } = body
    return {
      view: 'server/certificates',
      title: visit.text('certificates.title'),
      place: 'administration',
      data: {
        crumbs: administrationCrumbs(visit),
        source,
        certificates: certificates.map(shown),
        vendors: vendors.map(shown),
        faults: faults.map(({ code, message, remedy }) =>
          inWords(visit.locale, { code, wrong: message, right: remedy }),
        ),
      },
    }
  },
}

function shown(certificate: Certificate): object {
  const { daysLeft, expires } = certificate
  const tone = daysLeft < 0 ? 'bad' : daysLeft < soon ? 'warn' : 'good'
  return { ...certificate, tone, isOver: daysLeft < 0, expires: new Date(expires).toISOString() }
}
