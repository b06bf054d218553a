import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { yealink } from '../../../src/devices/yealink/index.ts'
import type { DeviceIntent } from '../../../src/domain/device-intent.ts'
import { device, model, phone, port, render, server, templates } from './fixtures.ts'

/** `BOOTLINE_GOLDEN=write npx vitest run test/devices/yealink` writes them anew, to be read as a diff. */
const write = process.env.BOOTLINE_GOLDEN === 'write'

function expectGolden(name: string, body: string): void {
  const file = new URL(`golden/${name}`, import.meta.url)
  if (write) writeFileSync(file, body)
  expect(existsSync(file), `${name} is missing`).toBe(true)
  expect(body).toBe(readFileSync(file, 'utf8'))
}

const devices: Readonly<Record<string, DeviceIntent>> = {
  't54w-exp50': phone('yealink/t54w', ['exp50'], 10),
  t38g: phone('yealink/t38g', [], 8, { keyDuringCall: 'transfer' }),
  t46s: phone('yealink/t46s', [], 5, {
    sip: { domain: 'sip.example.net', proxy: 'edge.example.net', port: 5070, transport: 'tcp' },
    parameters: [
      ['account.1.srtp_encryption', '1'],
      ['local_time.ntp_server1', 'ntp.example.net'],
      ['static.security.user_password', 'admin:operator'],
    ],
  }),
  cp960: device(model('yealink/cp960')),
  'w60b-three-handsets': device(model('yealink/w60b'), {
    ports: [port(1), port(2, 'Valérie Diaz'), port(4, 'مرحبا 🙂')],
  }),
  'w80b-two-handsets': device(model('yealink/w80b'), { ports: [port(1), port(3)] }),
  't54w-neutral': device(model('yealink/t54w'), { ports: [] }),
}

/** A server with an own CA and an image for the T54W. */
const stocked = { ...server, caPem: 'PEM', firmware: 'T54W(T57W,T53W)-96.86.0.45.rom' }

test.each(Object.entries(devices))('the configuration of %s', (name, of) => {
  const files = render(of, of.model.id === 'yealink/t54w' ? stocked : server)
  expectGolden(`${name}.cfg`, files.at(-1)?.body ?? '')
})

test('the boot file', () => {
  const files = render(phone('yealink/t54w'))
  expect(files.map((file) => file.name)).toEqual(['001565aabbcc.boot', '001565aabbcc.cfg'])
  expectGolden('001565aabbcc.boot', files[0]?.body ?? '')
})

test('the common file', () => {
  expectGolden('y000000000096.cfg', yealink.shared('y000000000096.cfg', server, templates)?.body ?? '')
})
