import { describe, expect, it } from 'vitest'
import { describeServer, readServerAddress } from '../../../src/reboot/management/server-address.ts'

const usual = { port: 5038, tlsPort: 5039 }

describe('the address of a switch', () => {
  it.each([
    ['pbx.example.net', { host: 'pbx.example.net', port: 5038, tls: false }],
    ['10.0.0.5:6000', { host: '10.0.0.5', port: 6000, tls: false }],
    ['[2001:db8::5]', { host: '2001:db8::5', port: 5038, tls: false }],
    ['[2001:db8::5]:5039', { host: '2001:db8::5', port: 5039, tls: true }],
    ['pbx:5039', { host: 'pbx', port: 5039, tls: true }],
    ['tls://pbx', { host: 'pbx', port: 5039, tls: true }],
    ['tls://pbx:5038', { host: 'pbx', port: 5038, tls: true }],
  ])('%s is read', (text, address) => {
    expect(readServerAddress(text, usual)).toEqual(address)
  })

  it.each(['', ':5038', 'pbx:', 'pbx:0', 'pbx:65536', 'pbx:5038x', '2001:db8::5', 'a@b', 'pbx\n', 'pbx/x'])(
    '%j is none',
    (text) => {
      expect(readServerAddress(text, usual)).toBeUndefined()
    },
  )

  it('has no TLS where the switch has none', () => {
    expect(readServerAddress('tls://pbx', { port: 8021 })).toBeUndefined()
    expect(readServerAddress('pbx:5039', { port: 8021 })).toEqual({ host: 'pbx', port: 5039, tls: false })
  })

  it('is shown so that it can be read again', () => {
    for (const text of ['pbx:1', '[2001:db8::5]:5038']) {
      const address = readServerAddress(text, usual)
      expect(address && describeServer(address)).toBe(text)
    }
  })
})
