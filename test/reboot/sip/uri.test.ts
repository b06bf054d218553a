import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isEvent, isSignInName, writeHost, writeUser } from '../../../src/reboot/sip/uri.ts'

describe('the parts of a SIP address', () => {
  it.each([
    ['33483050173', '33483050173'],
    ['+33483050173', '+33483050173'],
    ['*98', '*98'],
    ['#31', '%2331'],
    ['a@b', 'a%40b'],
    ['50%', '50%25'],
    ['zoé', 'zo%C3%A9'],
    ["o'neil&co;x?", "o'neil&co;x?"],
    ['😀', '%F0%9F%98%80'],
  ])('write %s as %s', (user, written) => {
    expect(writeUser(user)).toBe(written)
  })

  it.each([
    '',
    'a b',
    'a\r\nVia: x',
    'a\n',
    '<a>',
    'a>',
    '"a"',
    'a\\',
    'a\0',
    'a\tb',
    '\ud800',
    'a\u2028b',
    'x'.repeat(129),
  ])('refuse the user %j', (user) => expect(writeUser(user)).toBeUndefined())

  it('never let anything of a user out of its place', () => {
    const any = fc.oneof(fc.string({ unit: 'binary' }), fc.string())
    fc.assert(
      fc.property(any, (user) => {
        const written = writeUser(user)
        if (written === undefined) return
        expect(written).toMatch(/^[A-Za-z0-9\-_.!~*'()&=+$,;?/%]+$/)
        expect(decodeURIComponent(written)).toBe(user)
      }),
      { numRuns: 500 },
    )
  })

  it.each([
    ['sip.example.net', 'sip.example.net'],
    ['sip_1.example.net.', 'sip_1.example.net.'],
    ['192.0.2.1', '192.0.2.1'],
    ['2001:db8::1', '[2001:db8::1]'],
  ])('write the host %s as %s', (host, written) => {
    expect(writeHost(host)).toBe(written)
  })

  it.each([
    '',
    'a b',
    'a:5060',
    'a\r\nb',
    'a;lr',
    '[::1]',
    'fe80::1%eth0',
    'a>',
    'a@b',
    '-a',
    `${'a.'.repeat(127)}`,
  ])('refuse the host %j', (host) => expect(writeHost(host)).toBeUndefined())

  it.each(['check-sync', 'check-sync;reboot=true', 'check-sync;reboot=false', 'resync', 'a;b;c=d'])(
    'take the event %s',
    (event) => expect(isEvent(event)).toBe(true),
  )

  it.each(['', 'a b', 'a;', ';a', 'a;b=', 'a\r\nX: y', 'a\n', 'a"', 'a<', 'a,b', 'x'.repeat(201)])(
    'refuse the event %j',
    (event) => expect(isEvent(event)).toBe(false),
  )

  it('refuse a name to sign in with that ends its quotes or its line', () => {
    expect(['a"b', 'a\\', 'a\r\nb', '', 'a\0', 'x'.repeat(129)].map(isSignInName)).not.toContain(true)
    expect(['33483050173', 'zoé', 'prov@sip.example.net', 'a b'].map(isSignInName)).not.toContain(false)
  })
})
