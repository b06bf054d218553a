import { describe, expect, it } from 'vitest'
import { type AccessRequest, decideAccess, type KnownDevice } from '../../../src/delivery/access/decide.ts'
import { openWindow } from '../../../src/domain/window.ts'

const minute = 60_000
const hour = 60 * minute
const t0 = Date.UTC(2026, 0, 1)
const here = '192.0.2.7'
const elsewhere = '198.51.100.9'

const stranger: AccessRequest = {
  transport: 'http',
  source: here,
  credentials: 'none',
  certificate: 'none',
  anyCompanyGuarded: true,
  shutOut: false,
  now: t0,
}
const guarded: KnownDevice = { access: 'first-contact', hasAccount: true }
const linked: KnownDevice = { ...guarded, window: openWindow(t0 - hour) }
const contacted: KnownDevice = {
  ...guarded,
  window: { ...openWindow(t0 - hour), source: here, firstContactAt: t0 - 5 * minute },
}
const unlinked: KnownDevice = {
  access: 'first-contact',
  hasAccount: false,
  window: openWindow(t0 - hour, here),
}
const certified: KnownDevice = { access: 'certificate', hasAccount: true }
const open: KnownDevice = { access: 'open', hasAccount: false }
const fenced: KnownDevice = { ...open, openNetworks: ['192.0.2.0/24', '2001:db8::/32'] }

type Row = [string, Partial<AccessRequest>, string]

const serves: Row[] = [
  ['an open device to anybody', { known: open }, 'open'],
  ['an open device over TFTP', { known: open, transport: 'tftp' }, 'open'],
  ['an open device to its networks', { known: fenced }, 'open'],
  ['an open device to its IPv6 networks', { known: fenced, source: '2001:db8::7' }, 'open'],
  ['an open device to a shut-out source', { known: open, shutOut: true }, 'open'],
  ['the first contact', { known: linked }, 'window'],
  ['the first contact over TFTP', { known: linked, transport: 'tftp' }, 'window'],
  ['the same source again', { known: contacted }, 'window'],
  [
    'a reset phone that shows its maker\u2019s default password',
    { known: linked, credentials: 'wrong' },
    'window',
  ],
  ['an unlinked device where it was last seen', { known: unlinked, credentials: 'wrong' }, 'window'],
  ['the right credentials', { known: guarded, credentials: 'right' }, 'credentials'],
  [
    'the right credentials over TLS',
    { known: guarded, credentials: 'right', transport: 'https' },
    'credentials',
  ],
  [
    'the right credentials of a shut-out source',
    { known: guarded, credentials: 'right', shutOut: true },
    'credentials',
  ],
  [
    'the right credentials from elsewhere',
    { known: contacted, credentials: 'right', source: elsewhere },
    'credentials',
  ],
  ['a fitting certificate', { known: guarded, certificate: 'fits', transport: 'mtls' }, 'certificate'],
  [
    'a fitting certificate where it is needed',
    { known: certified, certificate: 'fits', transport: 'mtls' },
    'certificate',
  ],
]

const refuses: Row[] = [
  ['an unknown device', {}, 'unknown-device'],
  [
    'an unknown device with anything',
    { credentials: 'right', certificate: 'fits', transport: 'mtls' },
    'unknown-device',
  ],
  ['an open device from outside its networks', { known: fenced, source: elsewhere }, 'outside-networks'],
  [
    'credentials outside the networks',
    { known: fenced, source: elsewhere, credentials: 'right' },
    'outside-networks',
  ],
  ['an open device that names no network', { known: { ...open, openNetworks: [] } }, 'outside-networks'],
  ['a guarded device without proof', { known: guarded }, 'credentials-needed'],
  ['a stale answer', { known: guarded, credentials: 'stale' }, 'credentials-needed'],
  ['wrong credentials', { known: guarded, credentials: 'wrong' }, 'credentials-wrong'],
  [
    'dead credentials',
    { known: { ...guarded, hasAccount: false }, credentials: 'right' },
    'credentials-wrong',
  ],
  ['credentials over TFTP', { known: guarded, credentials: 'right', transport: 'tftp' }, 'credentials-wrong'],
  ['another certificate', { known: guarded, certificate: 'other', transport: 'mtls' }, 'certificate-other'],
  [
    'a certificate on a port that asks for none',
    { known: guarded, certificate: 'fits' },
    'credentials-needed',
  ],
  [
    'credentials where a certificate is needed',
    { known: certified, credentials: 'right' },
    'certificate-needed',
  ],
  [
    'a window where a certificate is needed',
    { known: { ...certified, window: openWindow(t0) } },
    'certificate-needed',
  ],
  [
    'another certificate where one is needed',
    { known: certified, certificate: 'other', transport: 'mtls' },
    'certificate-other',
  ],
  [
    'a fitting certificate past a proxy without TLS',
    { known: certified, certificate: 'fits', transport: 'https' },
    'certificate-needed',
  ],
  ['another source in a bound window', { known: contacted, source: elsewhere }, 'window-other-source'],
  ['an unlinked device from elsewhere', { known: unlinked, source: elsewhere }, 'window-other-source'],
  ['a first contact of a shut-out source', { known: linked, shutOut: true }, 'shut-out'],
  ['a bound window of a shut-out source', { known: contacted, shutOut: true }, 'shut-out'],
  ['the window 15 minutes after contact', { known: contacted, now: t0 + 10 * minute }, 'window-used'],
  ['the window after 72 hours', { known: linked, now: t0 + 71 * hour }, 'window-expired'],
  [
    'a late contact after 72 hours',
    {
      known: {
        ...guarded,
        window: { ...openWindow(t0 - 72 * hour), source: here, firstContactAt: t0 - minute },
      },
    },
    'window-expired',
  ],
]

describe('serves', () => {
  it.each(serves)('%s', (_, more, why) => {
    expect(decideAccess({ ...stranger, ...more })).toMatchObject({ answer: 'serve', why })
  })
})

describe('refuses', () => {
  it.each(refuses)('%s', (_, more, why) => {
    const tftp = more.transport === 'tftp'
    const request = { ...stranger, ...more }
    expect(decideAccess(request)).toEqual({ answer: tftp ? 'not-found' : 'challenge', why })
    expect(decideAccess({ ...request, transport: 'tftp' }).answer).toBe('not-found')
    const openOnly = decideAccess({ ...request, anyCompanyGuarded: false })
    expect(openOnly).toEqual({ answer: 'not-found', why })
  })
})

describe('the window', () => {
  it('takes the source and the time of the first contact', () => {
    expect(decideAccess({ ...stranger, known: linked })).toEqual({
      answer: 'serve',
      why: 'window',
      window: { bind: { ...linked.window, source: here, firstContactAt: t0 } },
    })
  })

  it('takes the time of the first contact where the source was known before', () => {
    expect(decideAccess({ ...stranger, known: unlinked })).toMatchObject({
      window: { bind: { source: here, firstContactAt: t0 } },
    })
  })

  it('stays as it is at the next contact', () => {
    expect(decideAccess({ ...stranger, known: contacted })).toEqual({ answer: 'serve', why: 'window' })
  })

  it('serves to the last moment of its hours and its minutes', () => {
    const lastHour = { ...stranger, known: linked, now: t0 + 71 * hour - 1 }
    expect(decideAccess(lastHour).answer).toBe('serve')
    const lastMinute = { ...stranger, known: contacted, now: t0 + 10 * minute - 1 }
    expect(decideAccess(lastMinute).answer).toBe('serve')
  })

  it.each([
    ['credentials', { credentials: 'right' }],
    ['a certificate', { certificate: 'fits', transport: 'mtls' }],
  ] as const)('closes on the first fetch with %s', (_, proof) => {
    expect(decideAccess({ ...stranger, ...proof, known: linked })).toMatchObject({ window: 'close' })
    expect(decideAccess({ ...stranger, ...proof, known: contacted })).toMatchObject({ window: 'close' })
    expect(decideAccess({ ...stranger, ...proof, known: guarded })).not.toHaveProperty('window')
  })
})
