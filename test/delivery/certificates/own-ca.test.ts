import { X509Certificate } from 'node:crypto'
import { readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { loadServerCertificates } from '../../../src/delivery/certificates/server-certificates.ts'
import { DAY, emptyFolder, hosts, now, openssl, startedFolder } from './places.ts'

const read = (folder: string, name: string) => readFile(join(folder, name), 'utf8')
const x509 = async (folder: string, name: string) => new X509Certificate(await read(folder, name))

describe('the first start', () => {
  it('makes a CA, a pair of RSA and one of ECDSA, all of which openssl verifies', async () => {
    const folder = await emptyFolder()
    const made = await loadServerCertificates({ folder, hosts, now })
    expect(made).toMatchObject({ source: 'own-ca', faults: [] })
    expect(made.made).toEqual(['ca.pem', 'server-rsa.pem', 'server-ecdsa.pem'])
    expect(made.caPem).toBe(await read(folder, 'ca.pem'))
    expect(made.expiries.map(({ key }) => key)).toEqual(['RSA 3072', 'RSA 2048', 'EC prime256v1'])
    expect(made.expiries.map(({ daysLeft }) => daysLeft)).toEqual([3653, 824, 824])
    for (const name of ['server-rsa.pem', 'server-ecdsa.pem']) {
      const verified = await openssl(
        ...['verify', '-x509_strict', '-purpose', 'sslserver', '-attime', String(now / 1000)],
        ...['-verify_hostname', 'prov.example.net', '-CAfile', join(folder, 'ca.pem'), join(folder, name)],
      )
      expect(verified).toMatchObject({ code: 0 })
      const text = (await openssl('x509', '-noout', '-text', '-in', join(folder, name))).output
      expect(text).toContain('DNS:prov.example.net, IP Address:192.0.2.10')
      expect(text).toContain('Signature Algorithm: sha256WithRSAEncryption')
    }
  })

  it('keeps keys from everybody but their owner', async () => {
    const folder = await startedFolder()
    for (const name of ['ca.key', 'server-rsa.key', 'server-ecdsa.key']) {
      expect((await stat(join(folder, name))).mode & 0o777).toBe(0o600)
    }
  })

  it('gives two processes that start at once the same keys and the same CA', async () => {
    const folder = await emptyFolder()
    const both = await Promise.all([1, 2].map(() => loadServerCertificates({ folder, hosts, now })))
    expect(both[0]?.caPem).toBe(both[1]?.caPem)
    expect(both[0]?.pairs).toEqual(both[1]?.pairs)
  })

  it('makes nothing where no listener speaks TLS, and goes on telling devices of a CA that is there', async () => {
    const folder = await emptyFolder()
    const none = await loadServerCertificates({ folder, hosts, now, served: false })
    expect(none).toMatchObject({ pairs: [], faults: [], made: [] })
    expect(none.caPem).toBeUndefined()
    expect(await readdir(folder)).toEqual([])
    const started = await startedFolder()
    const there = await loadServerCertificates({ folder: started, hosts, now, served: false })
    expect(there.caPem).toBe(await read(started, 'ca.pem'))
  })

  it('names addresses of both families', async () => {
    const folder = await startedFolder()
    await loadServerCertificates({ folder, hosts: ['2001:db8::1', '198.51.100.7'], now })
    const leaf = await x509(folder, 'server-ecdsa.pem')
    expect(leaf.checkIP('2001:db8::1')).toBeDefined()
    expect(leaf.checkIP('198.51.100.7')).toBeDefined()
  })

  it('says where it may not write', async () => {
    const folder = await emptyFolder()
    await writeFile(join(folder, 'certs'), 'a file where a folder should be')
    const starting = loadServerCertificates({ folder: join(folder, 'certs'), hosts, now })
    await expect(starting).rejects.toMatchObject({ code: 'certificate-folder' })
  })
})

describe('the following starts', () => {
  it('make nothing while there is time', async () => {
    const folder = await startedFolder()
    const before = await read(folder, 'server-rsa.pem')
    const again = await loadServerCertificates({ folder, hosts, now: now + 790 * DAY })
    expect(again.made).toEqual([])
    expect(again.pairs[0]?.cert).toBe(before)
  })

  it('renew with less than 30 days left, and keep key and names', async () => {
    const folder = await startedFolder()
    const key = await read(folder, 'server-rsa.key')
    const former = await x509(folder, 'server-rsa.pem')
    const later = now + 796 * DAY
    const renewed = await loadServerCertificates({ folder, hosts: ['prov.example.net'], now: later })
    expect(renewed.made).toEqual(['server-rsa.pem', 'server-ecdsa.pem'])
    expect(await read(folder, 'server-rsa.key')).toBe(key)
    const leaf = await x509(folder, 'server-rsa.pem')
    expect(leaf.serialNumber).not.toBe(former.serialNumber)
    expect(leaf.publicKey.equals(former.publicKey)).toBe(true)
    expect(leaf.checkIP('192.0.2.10')).toBeDefined()
    expect(Date.parse(leaf.validTo)).toBe(later + 824 * DAY)
  })

  it('make certificates anew that do not name where devices come now', async () => {
    const folder = await startedFolder()
    const moved = await loadServerCertificates({ folder, hosts: ['new.example.net'], now })
    expect(moved.made).toEqual(['server-rsa.pem', 'server-ecdsa.pem'])
    const leaf = await x509(folder, 'server-rsa.pem')
    expect(leaf.checkHost('new.example.net')).toBeDefined()
    expect(leaf.checkHost('prov.example.net')).toBeDefined()
  })

  it('replace a certificate that is damaged or belongs to another key', async () => {
    const folder = await startedFolder()
    await writeFile(join(folder, 'server-rsa.pem'), 'half a cert')
    await writeFile(join(folder, 'server-ecdsa.pem'), await read(folder, 'ca.pem'))
    const healed = await loadServerCertificates({ folder, hosts, now })
    expect(healed.made).toEqual(['server-rsa.pem', 'server-ecdsa.pem'])
    expect((await x509(folder, 'server-ecdsa.pem')).checkHost('prov.example.net')).toBeDefined()
  })

  it('renew the CA under its key, so that devices with the former one go on trusting', async () => {
    const folder = await startedFolder()
    const former = join(folder, 'former.pem')
    await writeFile(former, await read(folder, 'ca.pem'))
    const later = now + 2600 * DAY
    const renewed = await loadServerCertificates({ folder, hosts, now: later })
    expect(renewed.made).toContain('ca.pem')
    for (const authority of [former, join(folder, 'ca.pem')]) {
      const leaf = join(folder, 'server-ecdsa.pem')
      const verified = await openssl('verify', '-attime', String(later / 1000), '-CAfile', authority, leaf)
      expect(verified).toMatchObject({ code: 0 })
    }
  })
})

describe("a CA's key that was taken away", () => {
  it('leaves the certificates in service and says that they cannot be renewed', async () => {
    const folder = await startedFolder()
    await rm(join(folder, 'ca.key'))
    expect((await loadServerCertificates({ folder, hosts, now })).faults).toEqual([])
    const late = await loadServerCertificates({ folder, hosts, now: now + 800 * DAY })
    expect(late.pairs).toHaveLength(2)
    expect(late.faults.map(({ code }) => code)).toEqual(['certificate-authority', 'certificate-authority'])
  })

  it('is never replaced: devices would trust a CA that signs no more', async () => {
    const folder = await startedFolder()
    const ca = await read(folder, 'ca.pem')
    await rm(join(folder, 'ca.key'))
    await rm(join(folder, 'server-rsa.pem'))
    const starting = loadServerCertificates({ folder, hosts, now })
    await expect(starting).rejects.toMatchObject({ code: 'certificate-authority' })
    expect(await read(folder, 'ca.pem')).toBe(ca)
    await expect(stat(join(folder, 'ca.key'))).rejects.toMatchObject({ code: 'ENOENT' })
  })

  it('is told from one that belongs to another CA', async () => {
    const folder = await startedFolder()
    await writeFile(join(folder, 'ca.key'), await read(folder, 'server-rsa.key'))
    const starting = loadServerCertificates({ folder, hosts, now })
    await expect(starting).rejects.toMatchObject({ code: 'certificate-authority' })
  })
})
