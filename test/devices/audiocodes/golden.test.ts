import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { ServerFacts } from '../../../src/devices/driver.ts'
import type { DeviceIntent } from '../../../src/domain/device-intent.ts'
import { account, device, keysOf, port, render, server } from './a-device.ts'

const phone = { ports: [port()] }
const fax = port({ displayName: 'FAX MKT', use: 'fax' })
const desk = device('440hd', phone)
const equipped = {
  ...server,
  account,
  caPem: '-----BEGIN CERTIFICATE-----\n',
  firmware: '440HD_2.2.16.538.img',
}

const golden: Readonly<Record<string, readonly [DeviceIntent, ServerFacts]>> = {
  '440hd-six-keys.cfg': [{ ...desk, keys: keysOf(desk, 4, 2) }, equipped],
  '440hd-neutral.cfg': [device('440hd'), server],
  'c450hd.cfg': [
    device('c450hd', {
      ...phone,
      locale: 'en',
      timezone: 'Europe/London',
      sip: { domain: 'sip.example.net', proxy: 'edge.example.net', port: 5081, transport: 'tls' },
    }),
    { ...server, account },
  ],
  'mp-118-two-faxes-one-phone.ini': [
    device('mp-118', {
      ports: [fax, port({ port: 2, displayName: 'FAX ADV', use: 'fax' }), port({ port: 5, use: 'phone' })],
      sip: { domain: 'sip.example.net', proxy: 'edge.example.net', port: 5060, transport: 'tcp' },
    }),
    { ...server, account, firmware: 'MP11x_6.60A.367.005.cmp' },
  ],
  'mp-118-neutral.ini': [device('mp-118'), server],
  'mp-202b-fax-and-phone.conf': [
    device('mp-202b', { ports: [fax, port({ port: 2, use: 'phone' })] }),
    { ...server, account },
  ],
  'mp-202b-neutral.conf': [device('mp-202b'), server],
}

describe('the whole file of', () => {
  test.each(Object.entries(golden))('%s', (name, [intent, facts]) => {
    const body = render(intent, facts).body
    const file = join(import.meta.dirname, 'golden', name)
    if (process.env.BOOTLINE_GOLDEN === 'write') writeFileSync(file, body)
    expect(body).toBe(readFileSync(file, 'utf8'))
  })
})
