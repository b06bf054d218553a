import { generateKeyPairSync } from 'node:crypto'
import { issue } from '../../../src/delivery/certificates/issue.ts'

/** An authority, and a certificate of its making for one host. */
export function makeCertificates(host: string) {
  const pair = () => generateKeyPairSync('rsa', { modulusLength: 2048 })
  const [ca, server] = [pair(), pair()]
  const validity = { from: Date.now() - 60_000, until: Date.now() + 3_600_000 }
  const authority = issue(
    { commonName: 'Test authority', publicKey: ca.publicKey, purpose: 'authority', ...validity },
    { key: ca.privateKey },
  )
  const certificate = issue(
    { commonName: host, publicKey: server.publicKey, purpose: { hosts: [host] }, ...validity },
    { key: ca.privateKey, certificatePem: authority },
  )
  return {
    authority,
    certificate,
    key: server.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  }
}
