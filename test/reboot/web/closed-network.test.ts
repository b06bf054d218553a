import { describe, expect, it } from 'vitest'
import { isClosedNetwork } from '../../../src/reboot/web/closed-network.ts'

describe('a closed network', () => {
  it.each([
    '10.1.2.3',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '169.254.7.7',
    'fd00::1',
    'fe80::1',
    '::1',
  ])('has %s', (address) => {
    expect(isClosedNetwork(address)).toBe(true)
  })

  it.each([
    '172.32.0.1',
    '192.169.0.1',
    '9.255.255.255',
    '100.64.0.1',
    '2a00::1',
    '0.0.0.0',
    'fd00::g',
    '10.0.0',
  ])('has not %s', (address) => {
    expect(isClosedNetwork(address)).toBe(false)
  })

  it('has an IPv4 address in either writing', () => {
    expect(isClosedNetwork('::ffff:10.0.0.1')).toBe(true)
    expect(isClosedNetwork('::ffff:198.51.100.1')).toBe(false)
  })
})
