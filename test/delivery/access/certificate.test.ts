import { X509Certificate } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import { connect, createServer, type TLSSocket } from 'node:tls'
import { describe, expect, it } from 'vitest'
import {
  type CertificateFacts,
  examineCertificate,
  judgeCertificate,
  shownOnSocket,
  shownToProxy,
} from '../../../src/delivery/access/certificate.ts'
import { type Issued, issue } from './certificates.ts'

const mac = '64167fb269d6'
const now = Date.now()
const refusing = { expired: 'refused' } as const
const bearing = { expired: 'accepted' } as const

const root = issue({ name: 'Maker Root CA', authority: true })
const issuing = issue({ name: 'Maker Issuing CA', authority: true, by: root })
const strangersRoot = issue({ name: 'Maker Root CA', authority: true })
const server = issue({ name: '127.0.0.1', by: root })

const phone = issue({ name: '64167FB269D6', by: issuing })
const oldPhone = issue({ name: mac, by: issuing, expired: true })
const forged = issue({ name: mac, by: strangersRoot })
const forgedOld = issue({ name: mac, by: strangersRoot, expired: true })
const authorities = [root, issuing].map(({ pem }) => new X509Certificate(pem))

function examined(
  issued: Issued,
  verification: string,
  policy: { expired: 'refused' | 'accepted' } = refusing,
) {
  return examineCertificate(shownToProxy({ pem: issued.pem, verification }), authorities, policy, now)
}

describe('a certificate handed on by a proxy', () => {
  it.each(['64167FB269D6', '64167fb269d6', '64:16:7F:B2:69:D6', '64-16-7f-b2-69-d6'])(
    'fits the device it names as %s',
    (name) => {
      const facts = examined(issue({ name, by: issuing }), 'SUCCESS')
      expect(judgeCertificate(facts, mac)).toEqual({ result: 'fits' })
      expect(judgeCertificate(facts, '64167fb269d7')).toEqual({ result: 'other', why: 'other-mac' })
    },
  )

  it.each<[string, Issued, string, CertificateFacts]>([
    ["another authority's", forged, 'SUCCESS', { shown: true, fault: 'other-authority' }],
    ['one that did not hold', phone, 'FAILED:unable to get issuer', { shown: true, fault: 'check-failed' }],
    ['an expired one', oldPhone, 'FAILED:certificate has expired', { shown: true, fault: 'expired' }],
    ['an expired one the proxy let pass', oldPhone, 'SUCCESS', { shown: true, fault: 'expired' }],
    ['a shared one', issue({ name: 'Any Phone', by: issuing }), 'SUCCESS', { shown: true, fault: 'no-mac' }],
    ['an authority itself', issuing, 'SUCCESS', { shown: true, fault: 'no-mac' }],
  ])('proves nothing: %s', (_, issued, verification, facts) => {
    expect(examined(issued, verification)).toEqual(facts)
    expect(judgeCertificate(facts, mac).result).toBe('other')
  })

  it('with two names, or one hidden in another field, has none', () => {
    const two = issue({ name: mac, also: [{ name: 'commonName', value: '64167fb269d7' }], by: issuing })
    expect(examined(two, 'SUCCESS')).toEqual({ shown: true, fault: 'no-mac' })
    const hidden = issue({
      name: 'x',
      also: [{ name: 'organizationName', value: `Maker\nCN=${mac}` }],
      by: issuing,
    })
    expect(examined(hidden, 'SUCCESS')).toEqual({ shown: true, fault: 'no-mac' })
  })

  it('is borne beyond its date only when that is decided, and only under a known authority', () => {
    const verification = 'FAILED:certificate has expired'
    expect(judgeCertificate(examined(oldPhone, verification, bearing), mac)).toEqual({ result: 'fits' })
    expect(examined(forgedOld, verification, bearing)).toEqual({ shown: true, fault: 'other-authority' })
  })

  it('is none when there is none or its text is none', () => {
    expect(shownToProxy({ pem: 'nonsense', verification: 'SUCCESS' })).toBeUndefined()
    expect(judgeCertificate(examineCertificate(undefined, authorities, refusing, now), mac)).toEqual({
      result: 'none',
    })
  })
})

describe('a certificate shown in a handshake', () => {
  it('is checked by TLS and by us', async () => {
    const shown = await handshake(phone)
    expect(shown?.check).toBe('passed')
    expect(examineCertificate(shown, authorities, refusing, now)).toEqual({ shown: true, mac })
  })

  it('comes with those between it and a known authority', async () => {
    const shown = await handshake(phone, issuing)
    const rootOnly = authorities.slice(0, 1)
    expect(examineCertificate(shown, rootOnly, refusing, now)).toEqual({ shown: true, mac })
  })

  it('that is expired is told from one that nobody trusted signed, though TLS calls both expired', async () => {
    const [old, forgery] = [await handshake(oldPhone), await handshake(forgedOld)]
    expect([old?.check, forgery?.check]).toEqual(['expired', 'expired'])
    expect(examineCertificate(old, authorities, bearing, now)).toEqual({ shown: true, mac })
    expect(examineCertificate(old, authorities, refusing, now)).toEqual({ shown: true, fault: 'expired' })
    expect(examineCertificate(forgery, authorities, bearing, now)).toEqual({
      shown: true,
      fault: 'other-authority',
    })
  })

  it('may be absent', async () => expect(await handshake(undefined)).toBeUndefined())
})

/** One real handshake; what the server saw of the client's certificate. */
async function handshake(
  shown: Issued | undefined,
  chain?: Issued,
): Promise<ReturnType<typeof shownOnSocket>> {
  const ca = chain ? [root.pem] : [root.pem, issuing.pem]
  const options = { key: server.key, cert: server.pem, ca, requestCert: true, rejectUnauthorized: false }
  let client: TLSSocket | undefined
  const listening = createServer(options)
  try {
    return await new Promise((resolve, reject) => {
      listening.on('secureConnection', (socket) => {
        socket.on('error', reject)
        resolve(shownOnSocket(socket))
      })
      listening.on('tlsClientError', reject)
      listening.listen(0, '127.0.0.1', () => {
        const { port } = listening.address() as AddressInfo
        const own = shown ? { key: shown.key, cert: shown.pem + (chain?.pem ?? '') } : {}
        client = connect({
          port,
          host: '127.0.0.1',
          ca: [root.pem],
          checkServerIdentity: () => undefined,
          ...own,
        })
        client.on('error', reject)
      })
    })
  } finally {
    client?.destroy()
    listening.close()
  }
}
