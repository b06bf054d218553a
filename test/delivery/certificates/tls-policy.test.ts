import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { loadServerCertificates } from '../../../src/delivery/certificates/server-certificates.ts'
import {
  listenerOptions,
  policyWarning,
  type TlsPolicy,
} from '../../../src/delivery/certificates/tls-policy.ts'
import { handshake, listen } from './listeners.ts'
import { hosts, now, openssl, startedFolder } from './places.ts'

async function serving(policy: TlsPolicy) {
  const folder = await startedFolder()
  const { pairs, caPem = '' } = await loadServerCertificates({ folder, hosts, now })
  const { port } = await listen(listenerOptions({ pairs, policy }))
  const client = (...args: string[]) =>
    openssl('s_client', '-connect', `127.0.0.1:${port}`, '-CAfile', join(folder, 'ca.pem'), ...args)
  return { port, caPem, client }
}

describe('two pairs on one listener', () => {
  const ecdsaOnly = { ciphers: 'ECDHE-ECDSA-AES128-GCM-SHA256', maxVersion: 'TLSv1.2' } as const
  const rsaOnly = { ciphers: 'ECDHE-RSA-AES128-GCM-SHA256', maxVersion: 'TLSv1.2' } as const

  it('a client that can takes ECDSA, one that knows RSA only gets RSA', async () => {
    const { port, caPem } = await serving('modern')
    const modern = await handshake(port, { ca: caPem, maxVersion: 'TLSv1.2' })
    expect(modern.peer.asn1Curve).toBe('prime256v1')
    expect((await handshake(port, { ca: caPem, ...ecdsaOnly })).peer.asn1Curve).toBe('prime256v1')
    const old = await handshake(port, { ca: caPem, ...rsaOnly })
    expect(old.peer.bits).toBe(2048)
    expect(old.peer.asn1Curve).toBeUndefined()
  })

  it('holds for TLS 1.3, where the signature decides', async () => {
    const { client } = await serving('modern')
    const rsa = await client('-tls1_3', '-sigalgs', 'rsa_pss_rsae_sha256:rsa_pkcs1_sha256')
    expect(rsa.output).toMatch(/Peer signature type: RSA-PSS[\s\S]*Verify return code: 0/)
    const ecdsa = await client('-tls1_3', '-sigalgs', 'ecdsa_secp256r1_sha256:rsa_pkcs1_sha256')
    expect(ecdsa.output).toMatch(/Peer signature type: ECDSA[\s\S]*Verify return code: 0/)
  })

  it('both are verified by name and by address', async () => {
    const { client } = await serving('modern')
    for (const cipher of ['ECDHE-RSA-AES128-GCM-SHA256', 'ECDHE-ECDSA-AES128-GCM-SHA256']) {
      const named = await client('-tls1_2', '-cipher', cipher, '-verify_hostname', 'prov.example.net')
      expect(named.output).toContain('Verify return code: 0 (ok)')
      const addressed = await client('-tls1_2', '-cipher', cipher, '-verify_ip', '192.0.2.10')
      expect(addressed.output).toContain('Verify return code: 0 (ok)')
      const other = await client('-tls1_2', '-cipher', cipher, '-verify_hostname', 'other.example.net')
      expect(other.output).toContain('Verify return code: 62')
    }
  })
})

describe('the modern policy', () => {
  it('takes the first firmware of TLS 1.2, which knows no GCM', async () => {
    const { port, caPem } = await serving('modern')
    const old = await handshake(port, { ca: caPem, ciphers: 'ECDHE-RSA-AES128-SHA', maxVersion: 'TLSv1.2' })
    expect(old.protocol).toBe('TLSv1.2')
  })

  it.each(['-tls1', '-tls1_1'])('refuses %s', async (version) => {
    const { client } = await serving('modern')
    const refused = await client(version, '-cipher', 'DEFAULT@SECLEVEL=0')
    expect(refused.code).not.toBe(0)
    expect(refused.output).toContain('protocol version')
  })

  it("refuses ciphers under which the key travels under the server's own", async () => {
    const { client } = await serving('modern')
    expect((await client('-tls1_2', '-cipher', 'AES128-SHA')).output).toContain('handshake failure')
  })
})

describe('the legacy policy', () => {
  it.each([
    ['-tls1', 'TLSv1', 'DEFAULT@SECLEVEL=0'],
    ['-tls1', 'TLSv1', 'AES128-SHA:@SECLEVEL=0'],
    ['-tls1_1', 'TLSv1.1', 'AES256-SHA:@SECLEVEL=0'],
    ['-tls1_2', 'TLSv1.2', 'AES128-SHA'],
  ])('takes %s', async (version, protocol, cipher) => {
    const { client } = await serving('legacy')
    const taken = await client(version, '-cipher', cipher)
    expect(taken.code).toBe(0)
    expect(taken.output).toMatch(new RegExp(`Protocol *: ${protocol}\\n[\\s\\S]*Verify return code: 0`))
  })

  it('keeps what is new for those that know it', async () => {
    const { port, caPem } = await serving('legacy')
    expect((await handshake(port, { ca: caPem })).protocol).toBe('TLSv1.3')
  })

  it.each(['aNULL:@SECLEVEL=0', 'eNULL:@SECLEVEL=0', 'RC4:@SECLEVEL=0', '3DES:@SECLEVEL=0'])(
    'refuses %s',
    async (cipher) => {
      const { client } = await serving('legacy')
      expect((await client('-tls1_2', '-cipher', cipher)).code).not.toBe(0)
    },
  )

  it('is warned of, and the modern one is not', () => {
    expect(policyWarning('legacy')).toContain('TLS 1.0')
    expect(policyWarning('modern')).toBeUndefined()
  })
})
