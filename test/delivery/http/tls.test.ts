import { X509Certificate } from 'node:crypto'
import { once } from 'node:events'
import { connect as plainConnect } from 'node:net'
import { type ConnectionOptions, connect, type TLSSocket, type TlsOptions } from 'node:tls'
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { secureOptions } from '../../../src/delivery/http/secure.ts'
import { type SecureListener, startHttp } from '../../../src/delivery/http/server.ts'
import {
  makeTestAuthority,
  makeTestDeviceCertificate,
  type TestAuthority,
} from '../certificates/device-certificates.ts'
import {
  ask,
  type Logged,
  logInto,
  loopback,
  makeServerTls,
  serverTls,
  start,
  untilClosed,
} from './listening.ts'
import { type FixedPlane, fixedPlane } from './planes.ts'

const get = 'GET /file HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n'

async function secure(
  transport: 'https' | 'mtls',
  tls: TlsOptions,
  plane: FixedPlane,
  trustedProxies: string[] = [],
) {
  const log: Logged[] = []
  const listener = await startHttp({
    transport,
    tls,
    plane,
    listen: loopback,
    trustedProxies,
    log: logInto(log),
  })
  onTestFinished(() => listener.close())
  return { ...listener, log }
}

async function greet({ address }: SecureListener, options: ConnectionOptions = {}): Promise<TLSSocket> {
  const socket = connect({ host: '127.0.0.1', port: address.port, rejectUnauthorized: false, ...options })
  onTestFinished(() => void socket.destroy())
  await once(socket, 'secureConnect')
  socket.on('error', () => {})
  return socket
}

describe('https', () => {
  test('each client gets the certificate it understands', async () => {
    const listener = await secure('https', await serverTls(), fixedPlane({}))
    const kind = async (options: ConnectionOptions) => {
      const socket = await greet(listener, { maxVersion: 'TLSv1.2', ...options })
      return socket.getPeerX509Certificate()?.publicKey.asymmetricKeyType
    }
    expect(await kind({ ciphers: 'ECDHE-RSA-AES128-GCM-SHA256' })).toBe('rsa')
    expect(await kind({ ciphers: 'ECDHE-ECDSA-AES128-GCM-SHA256' })).toBe('ec')
  })

  test('HTTP/2 is never spoken', async () => {
    const listener = await secure('https', await serverTls(), fixedPlane({}))
    expect((await greet(listener, { ALPNProtocols: ['h2', 'http/1.1'] })).alpnProtocol).toBe('http/1.1')
    expect((await greet(listener)).alpnProtocol).toBe(false)
    await expect(greet(listener, { ALPNProtocols: ['h2'] })).rejects.toThrow()
  })

  test('no certificate is asked for, and one that is shown proves nothing', async () => {
    const plane = fixedPlane({ file: 'x' })
    const listener = await secure('https', await serverTls(), plane)
    const socket = await greet(listener, makeTestDeviceCertificate(undefined, { cn: '001565AABBCC' }))
    socket.write(get)
    await untilClosed(socket)
    expect(plane.requests).toMatchObject([{ transport: 'https' }])
    expect(plane.requests[0]).not.toHaveProperty('certificate')
  })

  test.each(['TLSv1.2', 'TLSv1.3'] as const)(
    'a device that comes back over %s resumes its session',
    async (version) => {
      const listener = await secure('https', await serverTls(), fixedPlane({ file: 'x' }))
      const options = { minVersion: version, maxVersion: version }
      const first = await greet(listener, options)
      let session: Buffer | undefined = first.getSession()
      first.on('session', (fresh) => (session = fresh))
      first.write(get)
      await untilClosed(first)
      const again = await greet(listener, { ...options, session })
      expect(again.isSessionReused()).toBe(true)
    },
  )

  test('new certificates serve new connections and disturb no old ones', async () => {
    const plane = fixedPlane({ file: 'x' })
    const listener = await secure('https', await serverTls(), plane)
    const old = await greet(listener)
    const before = old.getPeerX509Certificate()?.fingerprint256
    listener.reload(await makeServerTls())
    const fresh = await greet(listener)
    expect(fresh.getPeerX509Certificate()?.fingerprint256).not.toBe(before)
    expect(fresh.alpnProtocol).toBe(false)
    old.write(get)
    expect(await untilClosed(old)).toMatch(/^HTTP\/1\.1 200 OK/)
  })

  test('certificates that cannot serve change nothing', async () => {
    const listener = await secure('https', await serverTls(), fixedPlane({ file: 'x' }))
    expect(() => listener.reload({ cert: 'nonsense', key: 'nonsense' })).toThrow()
    const socket = await greet(listener)
    socket.write(get)
    expect(await untilClosed(socket)).toMatch(/^HTTP\/1\.1 200 OK/)
  })

  test('a handshake that fails is told to those who debug only', async () => {
    const running = await start('https', fixedPlane({ file: 'x' }))
    const listener = { ...running, reload: () => {} }
    await expect(greet(listener, { maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' })).rejects.toThrow()
    const gone = plainConnect(running.port, '127.0.0.1')
    await once(gone, 'connect')
    gone.destroy()
    expect((await ask(running, '/file')).status).toBe(200)
    expect(running.log.every(({ level }) => level === 'debug')).toBe(true)
  })
})

describe('mutual TLS', () => {
  let vendor: TestAuthority
  let tls: TlsOptions
  beforeAll(async () => {
    vendor = makeTestAuthority('Maker Root CA')
    tls = { ...(await serverTls()), ca: [vendor.pem] }
  })

  async function shown(options: ConnectionOptions, own: TlsOptions = tls) {
    const plane = fixedPlane({ file: 'x' })
    const listener = await secure('mtls', own, plane)
    const socket = await greet(listener, options)
    socket.write(get)
    expect(await untilClosed(socket)).toMatch(/^HTTP\/1\.1 200 OK/)
    expect(plane.requests).toMatchObject([{ transport: 'mtls' }])
    return plane.requests[0]?.certificate
  }

  test('the plane sees the certificate a device shows, and that its maker is known', async () => {
    const device = makeTestDeviceCertificate(vendor, { cn: '001565AABBCC' })
    const certificate = await shown(device)
    expect(certificate?.check).toBe('passed')
    expect(certificate?.certificate.fingerprint256).toBe(new X509Certificate(device.cert).fingerprint256)
  })

  test('the same over TLS 1.2', async () => {
    const device = makeTestDeviceCertificate(vendor, { cn: '001565AABBCC' })
    expect((await shown({ ...device, maxVersion: 'TLSv1.2' }))?.check).toBe('passed')
  })

  test('a device without one is heard', async () => {
    expect(await shown({})).toBeUndefined()
  })

  test.each<[string, () => { cert: string; key: string }, string]>([
    ['an expired one', () => makeTestDeviceCertificate(vendor, { cn: 'a', expired: true }), 'expired'],
    ['a homemade one', () => makeTestDeviceCertificate(undefined, { cn: 'a' }), 'failed'],
    [
      'one of another maker',
      () => makeTestDeviceCertificate(makeTestAuthority('Another'), { cn: 'a' }),
      'failed',
    ],
  ])('%s is heard, but not believed', async (_what, make, check) => {
    expect(await shown(make())).toMatchObject({ check })
  })

  test('without CAs of makers nobody is believed, whatever the world trusts', async () => {
    // Node takes an empty list for none, and no list for all public CAs.
    expect(secureOptions({}, 'mtls')).toMatchObject({ ca: [], requestCert: true, rejectUnauthorized: false })
    const { ca: _ca, ...own } = tls
    const device = makeTestDeviceCertificate(vendor, { cn: '001565AABBCC' })
    expect((await shown(device, own))?.check).toBe('failed')
  })

  test('each request of a connection carries its certificate', async () => {
    const plane = fixedPlane({ file: 'x' })
    const listener = await secure('mtls', tls, plane)
    const socket = await greet(listener, makeTestDeviceCertificate(vendor, { cn: '001565AABBCC' }))
    socket.write(get.replace('Connection: close\r\n', '') + get)
    await untilClosed(socket)
    expect(plane.requests.map(({ certificate }) => certificate?.check)).toEqual(['passed', 'passed'])
  })

  test('sessions are not kept', async () => {
    const listener = await secure('mtls', tls, fixedPlane({ file: 'x' }))
    const device = makeTestDeviceCertificate(vendor, { cn: '001565AABBCC' })
    for (const maxVersion of ['TLSv1.2', 'TLSv1.3'] as const) {
      const first = await greet(listener, { ...device, maxVersion })
      let session = first.getSession()
      first.on('session', (fresh) => (session = fresh))
      first.write(get)
      await untilClosed(first)
      const again = await greet(listener, { ...device, maxVersion, session })
      expect(again.isSessionReused()).toBe(false)
    }
  })

  test('new CAs count from the next connection on', async () => {
    const plane = fixedPlane({ file: 'x' })
    const listener = await secure('mtls', { ...tls, ca: [] }, plane)
    const device = makeTestDeviceCertificate(vendor, { cn: '001565AABBCC' })
    for (const reload of [false, true]) {
      if (reload) listener.reload(tls)
      const socket = await greet(listener, device)
      socket.write(get)
      await untilClosed(socket)
    }
    expect(plane.requests.map(({ certificate }) => certificate?.check)).toEqual(['failed', 'passed'])
  })
})
