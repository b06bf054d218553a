import { describe, expect, it } from 'vitest'
import { readServerAddress } from '../../../src/reboot/management/server-address.ts'

describe('the address of a switch', () => {
  it.each([
    ['pbx.example.net:5038', { host: 'pbx.example.net', port: 5038 }],
    ['10.0.0.5:65535', { host: '10.0.0.5', port: 65_535 }],
    ['[2001:db8::5]:8021', { host: '2001:db8::5', port: 8021 }],
  ])('%s is read', (text, address) => {
    expect(readServerAddress(text)).toEqual(address)
  })

  it.each([
    '',
    'pbx',
    ':1',
    'pbx:',
    'pbx:0',
    'pbx:65536',
    'pbx:1x',
    '2001:db8::5',
    'a@b:1',
    'pbx:1\n',
    'a/b:1',
  ])('%j is none', (text) => {
    expect(readServerAddress(text)).toBeUndefined()
  })
})
