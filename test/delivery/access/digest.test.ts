import { describe, expect, it } from 'vitest'
import { digestResponse } from '../../../src/delivery/access/digest.ts'
import { createNonces, nonceLimits } from '../../../src/delivery/access/nonces.ts'

describe('the examples of the standards', () => {
  const rfc7616 = {
    user: 'Mufasa',
    realm: 'http-auth@example.org',
    nonce: '7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v',
    uri: '/dir/index.html',
    protection: { count: '00000001', clientNonce: 'f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ' },
  }

  it.each([
    ['MD5', '8ca523f5e9506fed4657c9700eebdbec'],
    ['SHA-256', '753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1'],
  ] as const)('RFC 7616 3.9.1 with %s', (algorithm, response) => {
    expect(digestResponse({ ...rfc7616, algorithm }, 'GET', 'Circle of Life')).toBe(response)
  })

  it('RFC 2617 3.5', () => {
    const answer = {
      algorithm: 'MD5',
      user: 'Mufasa',
      realm: 'testrealm@host.com',
      nonce: 'dcd98b7102dd2f0e8b11d0f600bfb0c093',
      uri: '/dir/index.html',
      protection: { count: '00000001', clientNonce: '0a4f113b' },
    } as const
    expect(digestResponse(answer, 'GET', 'Circle Of Life')).toBe('6629fae49393a05397450978507c4ef1')
  })

  it('RFC 2069 2.4, as corrected by its erratum', () => {
    const answer = {
      algorithm: 'MD5',
      user: 'Mufasa',
      realm: 'testrealm@host.com',
      nonce: 'dcd98b7102dd2f0e8b11d0f600bfb0c093',
      uri: '/dir/index.html',
    } as const
    expect(digestResponse(answer, 'GET', 'CircleOfLife')).toBe('1949323746fe6a43ef61f9606e7febea')
  })
})

describe('memory of nonces', () => {
  const key = Buffer.alloc(32, 1)

  it('that is full forgets without opening a door', () => {
    const nonces = createNonces(key, 3)
    const made = Array.from({ length: 10 }, (_, i) => nonces.make(1000 + i))
    expect(made.map((nonce) => nonces.use(nonce, 1, 2000))).toEqual(made.map(() => true))
    expect(made.map((nonce) => nonces.use(nonce, 1, 2000))).toEqual(made.map(() => false))
    expect(nonces.use(nonces.make(2000), 1, 2000)).toBe(true)
  })

  it('takes no second writing of a nonce for another nonce', () => {
    const nonces = createNonces(key)
    const nonce = nonces.make(1000)
    expect(nonces.use(nonce, 1, 1000)).toBe(true)
    for (const written of [`${nonce}=`, `${nonce} `, nonce.replaceAll('-', '+').replaceAll('_', '/')]) {
      expect(nonces.use(written, 1, 1000)).toBe(false)
    }
    const last = nonce.slice(-1)
    for (const other of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_') {
      if (other !== last) expect(nonces.use(nonce.slice(0, -1) + other, 1, 1000)).toBe(false)
    }
  })

  it('takes no nonce whose time was changed', () => {
    const nonces = createNonces(key)
    const bytes = Buffer.from(nonces.make(1000), 'base64url')
    bytes.writeUIntBE(1000 + nonceLimits.lifetime, 0, 6)
    expect(nonces.use(bytes.toString('base64url'), 1, 1000 + nonceLimits.lifetime)).toBe(false)
  })
})
