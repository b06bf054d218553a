import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonicalAddress, clientOf, isWithin } from '../../../src/delivery/access/address.ts'

describe('an address has one writing', () => {
  it.each([
    ['192.0.2.1', '192.0.2.1'],
    ['::ffff:192.0.2.1', '192.0.2.1'],
    ['::FFFF:C000:0201', '192.0.2.1'],
    ['2001:DB8:0:0:0:0:0:1', '2001:db8::1'],
    ['fe80::1%eth0', 'fe80::1'],
    ['::1', '::1'],
    ['192.0.2.256', undefined],
    ['192.0.2.01', undefined],
    ['unknown', undefined],
    ['', undefined],
  ])('%j is %s', (text, address) => expect(canonicalAddress(text)).toBe(address))

  it('mapped or not, every IPv4 address is the same', () => {
    fc.assert(
      fc.property(fc.ipV4(), (address) => {
        expect(canonicalAddress(`::ffff:${address}`)).toBe(address)
        expect(isWithin(`::ffff:${address}`, [address])).toBe(true)
      }),
    )
  })
})

describe('a network holds', () => {
  it.each([
    ['10.1.2.3', '10.0.0.0/8', true],
    ['11.1.2.3', '10.0.0.0/8', false],
    ['192.168.1.127', '192.168.1.0/25', true],
    ['192.168.1.128', '192.168.1.0/25', false],
    ['10.0.0.1', '10.0.0.1', true],
    ['10.0.0.2', '10.0.0.1', false],
    ['203.0.113.9', '0.0.0.0/0', true],
    ['2001:db8::1', '0.0.0.0/0', false],
    ['203.0.113.9', '::/0', false],
    ['2001:db8::1', '::/0', true],
    ['2001:db8:0:7::1', '2001:db8::/32', true],
    ['2001:db9::1', '2001:db8::/32', false],
    ['2001:db8:0:1:8000::', '2001:db8:0:1:8000::/65', true],
    ['2001:db8:0:1:7fff::', '2001:db8:0:1:8000::/65', false],
    ['10.1.2.3', '::ffff:10.0.0.0/104', true],
    ['11.1.2.3', '::ffff:10.0.0.0/104', false],
    ['11.1.2.3', '::ffff:10.0.0.0/16', false],
    ['10.1.2.3', '10.0.0.0/33', false],
    ['10.1.2.3', '10.0.0.0/', false],
    ['10.1.2.3', 'everything', false],
    ['not an address', '0.0.0.0/0', false],
  ])('%s in %s: %s', (address, network, held) => expect(isWithin(address, [network])).toBe(held))

  it('nobody when there is no network', () => expect(isWithin('10.0.0.1', [])).toBe(false))
})

describe('one client is', () => {
  it('an IPv4 address', () => expect(clientOf('192.0.2.1')).not.toBe(clientOf('192.0.2.2')))
  it('a /64 of IPv6', () => {
    expect(clientOf('2001:db8:0:1::1')).toBe(clientOf('2001:db8:0:1:ffff::2'))
    expect(clientOf('2001:db8:0:1::1')).not.toBe(clientOf('2001:db8:0:2::1'))
  })
})
