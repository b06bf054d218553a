import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { catalogue } from '../../src/devices/catalogue.ts'
import type { Model } from '../../src/domain/model.ts'
import { ownAddress } from '../../src/simulate/own-address.ts'
import { makePhone } from '../../src/simulate/phone.ts'
import { makeTestAuthority, makeTestDeviceCertificate } from '../delivery/certificates/device-certificates.ts'
import { fleetOf } from './fleets.ts'
import { type Server, serverWith } from './server.ts'

const signal = new AbortController().signal
const phone: readonly Model[] = catalogue.models.filter(({ id }) => id === 'yealink/t54w')

function onlyOne({ wanted }: Server) {
  const [one] = wanted
  if (!one) throw new Error('nobody is in the fleet')
  return one
}

test('a company that wants certificates has its phones show them', async () => {
  const certs = mkdtempSync(join(tmpdir(), 'bootline-simulate-certs-'))
  onTestFinished(() => rmSync(certs, { recursive: true, force: true }))
  const maker = makeTestAuthority('Maker Root CA')
  mkdirSync(join(certs, 'vendors'))
  writeFileSync(join(certs, 'vendors', 'maker.pem'), maker.pem)
  const server = await serverWith(fleetOf(phone, { deviceAccess: 'certificate' }), {
    BOOTLINE_CERTS: certs,
    BOOTLINE_MTLS: '127.0.0.1:0',
  })
  onTestFinished(server.close)
  const wanted = onlyOne(server)
  expect(await makePhone(wanted, server.http, {}).boot(signal)).toMatchObject({ outcome: 'kept out' })
  expect(await makePhone(wanted, server.mtls, {}).boot(signal)).toMatchObject({ outcome: 'kept out' })
  const certificate = makeTestDeviceCertificate(maker, { cn: wanted.intent.mac })
  expect(await makePhone(wanted, server.mtls, { certificate }).boot(signal)).toMatchObject({ outcome: 'ok' })
  const forged = { certificate: makeTestDeviceCertificate(maker, { cn: '0015650000ff' }) }
  expect(await makePhone(wanted, server.mtls, forged).boot(signal)).toMatchObject({ outcome: 'turned away' })
})

test('a company that is open to a network keeps out who comes from another', async () => {
  const open = { deviceAccess: 'open', openNetworks: ['127.0.8.0/24', '2001:db8::/32'] }
  const server = await serverWith(fleetOf(phone, open))
  onTestFinished(server.close)
  const wanted = onlyOne(server)
  const from = async (localAddress: string) =>
    (await makePhone(wanted, server.http, { localAddress }).boot(signal)).outcome
  expect(await from('127.0.8.4')).toBe('ok')
  expect(await from('127.0.9.4')).toBe('kept out')
  // What the server gives although it should not is a fault.
  const closed = { ...wanted, openNetworks: ['127.0.10.0/24'] }
  const boot = await makePhone(closed, server.http, { localAddress: '127.0.8.4' }).boot(signal)
  expect(boot).toMatchObject({ outcome: 'wrong', detail: expect.stringContaining('keep it out') })
})

test('a phone has an address of its own on this machine alone', () => {
  const addresses = ['0015650000ff', '001565000100', '805ec0ffffff'].map((mac) =>
    ownAddress(mac, '127.0.0.1', 'linux'),
  )
  expect(new Set(addresses).size).toBe(3)
  expect(addresses).not.toContain('127.0.0.1')
  expect(ownAddress('0015650000ff', '127.0.0.1', 'linux')).toBe(addresses[0])
  expect(ownAddress('0015650000ff', '127.0.0.1', 'darwin')).toBeUndefined()
  for (const host of ['192.0.2.1', 'localhost', '127.example.net', '[::1]'])
    expect(ownAddress('0015650000ff', host, 'linux')).toBeUndefined()
})
