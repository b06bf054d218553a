import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  makeTestAuthority,
  makeTestDeviceCertificate,
  type TestAuthority,
  type TestCertificate,
} from '../certificates/device-certificates.ts'
import { ask, tftpGet } from './asking.ts'
import { asFiles, curl, program } from './clients.ts'
import { company, fleet, passwordOf } from './fleet.ts'
import { type Running, run, temporaryFolder } from './running.ts'

let certs: string
let maker: TestAuthority
let running: Running
let pairs: Record<
  'right' | 'upper case' | 'other MAC' | 'other CA' | 'forged' | 'own' | 'expired',
  TestCertificate
>

const mac = '805ec0aa0001'
const windowed = '805ec0aa0002'
const open = '805ec0aa0003'
const narrow = '805ec0aa0004'
const proxy = '127.0.0.9'

beforeAll(async () => {
  certs = await temporaryFolder()
  maker = makeTestAuthority('Maker Root CA')
  await mkdir(join(certs, 'vendors'))
  await writeFile(join(certs, 'vendors/maker.pem'), maker.pem)
  pairs = {
    right: makeTestDeviceCertificate(maker, { cn: mac }),
    'upper case': makeTestDeviceCertificate(maker, { cn: '80:5E:C0:AA:00:01' }),
    'other MAC': makeTestDeviceCertificate(maker, { cn: '805ec0aa0009' }),
    'other CA': makeTestDeviceCertificate(makeTestAuthority('Other Root CA'), { cn: mac }),
    forged: makeTestDeviceCertificate(makeTestAuthority('Maker Root CA'), { cn: mac }),
    own: makeTestDeviceCertificate(undefined, { cn: mac }),
    expired: makeTestDeviceCertificate(maker, { cn: mac, expired: true }),
  }
  const one = (name: string, device: string, from: number, more: object) =>
    company({ name, devices: { [device]: 'yealink/t54w' }, from, ...more })
  running = await run(
    fleet(
      one('A', mac, 33483060000, { deviceAccess: 'certificate' }),
      one('B', windowed, 33483060010, { deviceAccess: 'first-contact' }),
      one('C', open, 33483060020, { deviceAccess: 'open' }),
      one('D', narrow, 33483060030, { deviceAccess: 'open', openNetworks: ['127.0.1.0/24'] }),
    ),
    { certs, settings: { BOOTLINE_TRUSTED_PROXIES: proxy } },
  )
})
afterAll(async () => {
  await running.stop()
  await rm(certs, { recursive: true })
})

const withCertificate = async (name: keyof typeof pairs): Promise<string[]> =>
  asFiles(certs, `test-${name.replace(' ', '-')}`, pairs[name])

describe('certificate', () => {
  it.each(['right', 'upper case'] as const)('the %s one opens its device', async (name) => {
    const url = `https://127.0.0.1:${running.port('mtls')}/${mac}.cfg`
    const got = await curl('-k', ...(await withCertificate(name)), url)
    expect(got.status).toBe(200)
    expect(got.body).toContain(passwordOf(mac))
  })

  it.each(['other MAC', 'other CA', 'own', 'expired'] as const)('%s does not', async (name) => {
    const url = `https://127.0.0.1:${running.port('mtls')}/${mac}.cfg`
    expect((await curl('-k', ...(await withCertificate(name)), url)).status).toBe(401)
  })

  it('forged under the right name does not: OpenSSL hangs up on some of these, the others are refused', async () => {
    const url = `https://127.0.0.1:${running.port('mtls')}/${mac}.cfg`
    for (let i = 0; i < 5; i++) {
      const got = await curl('-k', ...(await withCertificate('forged')), url)
      expect(got.code === 0 ? got.status : 'hung up').toSatisfy((end) => end === 401 || end === 'hung up')
      expect(got.body).toSatisfy((body: string) => body === '' || body === 'unauthorized\n')
    }
  })

  it('by openssl too, and only on the listener that asks for one', async () => {
    const [, cert = '', , key = ''] = await withCertificate('right')
    const fetch = (port: number): Promise<string> =>
      program(
        'sh',
        '-c',
        `printf 'GET /${mac}.cfg HTTP/1.0\\r\\n\\r\\n' | openssl s_client -quiet -ign_eof -connect 127.0.0.1:${port} -cert "$0" -key "$1" 2>&1`,
        cert,
        key,
      ).then(({ stdout }) => stdout)
    expect(await fetch(running.port('mtls'))).toContain(passwordOf(mac))
    expect(await fetch(running.port('https'))).toMatch(/^HTTP\/1\.1 401/m)
  })

  it('nothing else opens it: no account, no first contact, no TFTP', async () => {
    const account = (await running.store.devices.deviceState(mac))?.account
    const signIn = ['-k', '--basic', '-u', `${account?.user}:${account?.password}`]
    const path = `/${mac}.cfg`
    expect((await curl(...signIn, `https://127.0.0.1:${running.port('mtls')}${path}`)).status).toBe(401)
    expect((await ask(running.port('https'), { path, tls: {} })).status).toBe(401)
    expect((await ask(running.port('http'), { path })).status).toBe(401)
    expect(await tftpGet(running.port('tftp'), path)).toEqual({ error: 1 })
  })

  it('opens no other device, of a company that waits for a first contact neither', async () => {
    const url = `https://127.0.0.1:${running.port('mtls')}`
    const pair = await withCertificate('right')
    for (const other of [windowed, open, '805ec0aa7777']) {
      expect((await curl('-k', ...pair, `${url}/${other}.cfg`)).status, other).toBe(401)
    }
    // Nobody used the window up.
    expect((await running.store.devices.deviceState(windowed))?.window).toMatchObject({
      openedAt: expect.any(Number),
    })
    expect((await running.store.devices.deviceState(windowed))?.window?.source).toBeUndefined()
  })

  it('counts when a trusted proxy was shown it, and not when anybody says so', async () => {
    const headers = {
      'X-Forwarded-For': '192.0.2.5',
      'X-Client-Cert': encodeURIComponent(pairs.right.cert),
      'X-Client-Verify': 'SUCCESS',
    }
    const asked = { path: `/${mac}.cfg`, headers }
    expect((await ask(running.port('http'), { ...asked, from: proxy })).status).toBe(200)
    expect((await ask(running.port('http'), { ...asked, from: '127.0.0.8' })).status).toBe(401)
    const unproved = { ...headers, 'X-Client-Verify': 'FAILED:self-signed certificate' }
    expect((await ask(running.port('http'), { ...asked, headers: unproved, from: proxy })).status).toBe(401)
  })
})

describe('open', () => {
  it.each(['127.0.0.1', '127.0.1.7'])('gives a file to whoever asks: %s', async (from) => {
    const got = await ask(running.port('http'), { path: `/${open}.cfg`, from })
    expect(got.status).toBe(200)
    expect(got.body.toString()).toContain(passwordOf(open))
  })

  it('in given networks only, whatever else is shown', async () => {
    const path = `/${narrow}.cfg`
    const account = (await running.store.devices.deviceState(narrow))?.account
    const pair = `${account?.user}:${account?.password}`
    const url = `http://127.0.0.1:${running.port('http')}${path}`
    expect((await ask(running.port('http'), { path, from: '127.0.1.7' })).status).toBe(200)
    expect(await tftpGet(running.port('tftp'), path, '127.0.1.7')).toHaveProperty('body')
    expect((await ask(running.port('http'), { path, from: '127.0.2.7' })).status).toBe(401)
    expect(await tftpGet(running.port('tftp'), path, '127.0.2.7')).toEqual({ error: 1 })
    expect((await curl('--interface', '127.0.2.8', '--digest', '-u', pair, url)).status).toBe(401)
  })

  it('where every company is, an unknown device is simply not there, and takes the default file', async () => {
    const only = { ...{ name: 'C', deviceAccess: 'open' as const }, devices: { [open]: 'yealink/t54w' } }
    const narrowed = {
      name: 'D',
      deviceAccess: 'open' as const,
      openNetworks: ['127.0.1.0/24'],
      from: 33483060030,
    }
    const wish = { certs, only: ['http'] as const }
    const all = await run(
      fleet(company(only), company({ ...narrowed, devices: { [narrow]: 'yealink/t54w' } })),
      wish,
    )
    try {
      const get = async (path: string) => (await ask(all.port('http'), { path, from: '127.0.2.9' })).status
      expect(await get(`/${open}.cfg`)).toBe(200)
      expect(await get('/64167f777777.cfg')).toBe(404)
      expect(await get(`/${narrow}.cfg`)).toBe(404)
      expect(await get('/000000000000.cfg')).toBe(200)
    } finally {
      await all.stop()
    }
  })
})
