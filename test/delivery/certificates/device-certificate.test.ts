import { X509Certificate } from 'node:crypto'
import { once } from 'node:events'
import type { ConnectionOptions, SecureVersion } from 'node:tls'
import { beforeAll, describe, expect, it } from 'vitest'
import {
  type DeviceCertificate,
  deviceCertificate,
} from '../../../src/delivery/certificates/device-certificate.ts'
import { listenerOptions } from '../../../src/delivery/certificates/tls-policy.ts'
import type { VendorAuthority } from '../../../src/delivery/certificates/vendors.ts'
import {
  makeTestAuthority,
  makeTestDeviceCertificate,
  type TestAuthority,
  type TestCertificate,
} from './device-certificates.ts'
import { handshake, listen } from './listeners.ts'
import { makeOperatorPair, openssl } from './places.ts'

const cn = '64167FB269D6'
let root: TestAuthority
let issuing: TestAuthority
let stranger: TestAuthority
let pair: ReturnType<typeof makeOperatorPair>
beforeAll(() => {
  root = makeTestAuthority('Maker Root CA')
  issuing = makeTestAuthority('Maker Issuing CA', root)
  stranger = makeTestAuthority('Maker Root CA')
  pair = makeOperatorPair({ until: Date.now() + 86_400_000 })
})

function vendor({ pem }: TestAuthority): VendorAuthority {
  return { file: 'vendors/maker.pem', pem, certificate: new X509Certificate(pem), subject: '', expiry: '' }
}

/** What a listener with these CAs makes of a device that shows this. */
async function shown(
  authorities: readonly TestAuthority[],
  certificate: TestCertificate | undefined,
  maxVersion: SecureVersion = 'TLSv1.3',
): Promise<DeviceCertificate | undefined> {
  const vendors = authorities.map(vendor)
  const judged: (DeviceCertificate | undefined)[] = []
  const { server, port } = await listen(
    listenerOptions({ pairs: [pair], policy: 'modern', vendors }),
    (socket) => void judged.push(deviceCertificate(socket, vendors, Date.now())),
  )
  const secured = once(server, 'secureConnection')
  const client: ConnectionOptions = { rejectUnauthorized: false, maxVersion, ...certificate }
  await Promise.all([handshake(port, client), secured])
  expect(judged).toHaveLength(1)
  return judged[0]
}

describe('a device that shows a certificate', () => {
  it.each(['64167FB269D6', '64167fb269d6', '64:16:7f:b2:69:d6'])('is known by its name %s', async (name) => {
    const genuine = makeTestDeviceCertificate(root, { cn: name })
    expect(await shown([root], genuine)).toEqual({
      mac: '64167fb269d6',
      standing: 'genuine',
      authority: 'vendors/maker.pem',
    })
  })

  it.each(['TLSv1.2', 'TLSv1.3'] as const)('is known over %s by a CA in between', async (version) => {
    const device = makeTestDeviceCertificate(issuing, { cn })
    const chain = { cert: device.cert + issuing.pem, key: device.key }
    expect(await shown([root], chain, version)).toMatchObject({ standing: 'genuine' })
    expect(await shown([issuing], device, version)).toMatchObject({ standing: 'genuine' })
    expect(await shown([root, issuing], device, version)).toMatchObject({ standing: 'genuine' })
    expect(await shown([root], device, version)).toMatchObject({ standing: 'stranger' })
  })

  it('is a stranger under another CA, even one of the same name, and when it signed its own', async () => {
    expect(await shown([root], makeTestDeviceCertificate(stranger, { cn }))).toMatchObject({
      standing: 'stranger',
    })
    expect(await shown([root], makeTestDeviceCertificate(undefined, { cn }))).toMatchObject({
      standing: 'stranger',
    })
    expect(await shown([], makeTestDeviceCertificate(root, { cn }))).toMatchObject({ standing: 'stranger' })
  })

  it("is a stranger when another device's certificate has signed it", async () => {
    const device = makeTestDeviceCertificate(root, { cn: '64167FB269D7' })
    const forged = makeTestDeviceCertificate({ pem: device.cert, key: device.key }, { cn })
    const chain = { cert: forged.cert + device.cert, key: forged.key }
    expect(await shown([root], chain)).toMatchObject({ standing: 'stranger' })
  })

  it('is told apart when it is genuine but expired', async () => {
    expect(await shown([root], makeTestDeviceCertificate(root, { cn, expired: true }))).toMatchObject({
      mac: '64167fb269d6',
      standing: 'expired',
    })
  })

  it('is no less a stranger for being expired, which is all that OpenSSL says of it', async () => {
    const foreign = makeTestDeviceCertificate(stranger, { cn, expired: true })
    expect(await shown([root], foreign)).toMatchObject({ standing: 'stranger' })
    const homemade = makeTestDeviceCertificate(undefined, { cn, expired: true })
    expect(await shown([root], homemade)).toMatchObject({ standing: 'stranger' })
    const vendors = [vendor(root)]
    const said: unknown[] = []
    const options = listenerOptions({ pairs: [pair], policy: 'modern', vendors })
    const { server, port } = await listen(
      options,
      ({ authorizationError }) => void said.push(authorizationError),
    )
    const secured = once(server, 'secureConnection')
    await Promise.all([handshake(port, { rejectUnauthorized: false, ...homemade }), secured])
    expect(said).toEqual(['CERT_HAS_EXPIRED'])
  })

  it('has no address when many share its name', async () => {
    const shared = await shown([root], makeTestDeviceCertificate(root, { cn: 'phones.maker.example' }))
    expect(shared).toEqual({ standing: 'genuine', authority: 'vendors/maker.pem' })
  })
})

describe('a device that shows none', () => {
  it('is let in to be judged by other means', async () => {
    expect(await shown([root], undefined)).toBeUndefined()
  })
})

describe('a listener that asks for certificates', () => {
  it('names the CAs it knows, and gives no tickets', async () => {
    const options = listenerOptions({ pairs: [pair], policy: 'modern', vendors: [vendor(root)] })
    const { port } = await listen(options)
    const { output } = await openssl('s_client', '-connect', `127.0.0.1:${port}`, '-tls1_2')
    expect(output).toMatch(/Acceptable client certificate CA names\n.*Maker Root CA/)
    expect(output).not.toContain('TLS session ticket')
    const plain = await listen(listenerOptions({ pairs: [pair], policy: 'modern' }))
    const other = await openssl('s_client', '-connect', `127.0.0.1:${plain.port}`, '-tls1_2')
    expect(other.output).toContain('TLS session ticket')
    expect(other.output).toContain('No client certificate CA names sent')
  })
})
