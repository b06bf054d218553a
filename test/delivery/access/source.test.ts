import { describe, expect, it } from 'vitest'
import { type Headers, sourceOf } from '../../../src/delivery/access/source.ts'

const trusted = ['10.0.0.0/24', '2001:db8:1::/48']
const via = (headers: Headers) => sourceOf('::ffff:10.0.0.5', 'http', headers, trusted)

describe('the client behind a proxy', () => {
  it.each<[string, string | string[], string]>([
    ['one hop', '198.51.100.7', '198.51.100.7'],
    ['a client that invents hops', '10.9.9.9, 198.51.100.7', '198.51.100.7'],
    ['a client that claims a trusted address', '10.0.0.9, 198.51.100.7', '198.51.100.7'],
    ['two trusted proxies', '198.51.100.7, 10.0.0.6', '198.51.100.7'],
    ['proxies only', '10.0.0.7, 10.0.0.6', '10.0.0.7'],
    ['a hop that cannot be read', '198.51.100.7, unknown, 10.0.0.6', '10.0.0.6'],
    ['no readable hop', 'unknown', '10.0.0.5'],
    ['an empty list', '', '10.0.0.5'],
    ['ports', '198.51.100.7:4711, 10.0.0.6:80', '198.51.100.7'],
    ['IPv6 with a port', '[2001:db8:9::1]:443', '2001:db8:9::1'],
    ['a mapped address', '::ffff:198.51.100.7', '198.51.100.7'],
    ['several headers', ['192.0.2.66', '198.51.100.7'], '198.51.100.7'],
  ])('%s', (_, forwarded, address) => {
    expect(via({ 'x-forwarded-for': forwarded })).toMatchObject({ address, viaProxy: true })
  })

  it('came as the proxy says', () => {
    expect(via({ 'x-forwarded-for': '192.0.2.1' }).transport).toBe('http')
    expect(via({ 'x-forwarded-for': '192.0.2.1', 'x-forwarded-proto': 'https' }).transport).toBe('https')
  })

  it('showed the certificate the proxy hands on', () => {
    const headers = { 'x-client-cert': '-----BEGIN%20A-----%0AQQ%3D%3D%0A', 'x-client-verify': 'SUCCESS' }
    expect(via(headers)).toMatchObject({
      transport: 'mtls',
      certificate: { pem: '-----BEGIN A-----\nQQ==\n', verification: 'SUCCESS' },
    })
  })

  it.each<[string, Headers]>([
    ['none was shown', { 'x-client-cert': '', 'x-client-verify': 'NONE' }],
    ['nobody verified it', { 'x-client-cert': 'QQ' }],
    ['it is not percent-encoded', { 'x-client-cert': '%zz', 'x-client-verify': 'SUCCESS' }],
    ['it stands beside another', { 'x-client-cert': ['a', 'b'], 'x-client-verify': 'SUCCESS' }],
  ])('has no certificate when %s', (_, headers) => {
    const source = via({ ...headers, 'x-forwarded-for': '192.0.2.1' })
    expect(source.certificate).toBeUndefined()
    expect(source.transport).toBe('http')
  })
})

describe('a stranger is not believed', () => {
  it('whatever headers it writes', () => {
    const headers = {
      'x-forwarded-for': '10.0.0.9',
      'x-forwarded-proto': 'https',
      'x-client-cert': 'QQ',
      'x-client-verify': 'SUCCESS',
    }
    const expected = { address: '203.0.113.5', transport: 'http', viaProxy: false }
    expect(sourceOf('203.0.113.5', 'http', headers, trusted)).toEqual(expected)
    expect(sourceOf('203.0.113.5', 'http', headers, [])).toEqual(expected)
  })

  it('and a trusted peer that writes none speaks for itself', () => {
    expect(sourceOf('10.0.0.5', 'mtls', {}, trusted)).toEqual({
      address: '10.0.0.5',
      transport: 'mtls',
      viaProxy: false,
    })
  })
})
