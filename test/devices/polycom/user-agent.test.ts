import { describe, expect, it } from 'vitest'
import { polycom } from '../../../src/devices/polycom/index.ts'

const sp = 'FileTransport PolycomSoundPointIP-'
const ss = 'FileTransport PolycomSoundStationIP-'
const vvx = 'FileTransport PolycomVVX-'

describe('the user agent of a phone', () => {
  it.each([
    [`${sp}SPIP_335-UA/3.2.1.0078`, { model: 'SPIP_335' }],
    [`${sp}SPIP_335-UA/4.2.1.0275`, { model: 'SPIP_335' }],
    [`${sp}SPIP_450-UA/3.2.3.1734`, { model: 'SPIP_450' }],
    [
      `${sp}SPIP_550-UA/4.0.15.1047 (SN:0004a11a1a1a) Type/Application`,
      { model: 'SPIP_550', mac: '0004a11a1a1a', version: '4.0.15.1047' },
    ],
    [
      `${sp}SPIP_335-UA/4.0.13.1445 (SN:0004f249d83f) Type/Application`,
      { model: 'SPIP_335', mac: '0004f249d83f', version: '4.0.13.1445' },
    ],
    [`${sp}SPIP_601-UA/3.1.3.0439`, { model: 'SPIP_601' }],
    [
      `${ss}SSIP_5000-UA/4.0.3.7562 (SN:0004F2E765DA) Type/Application`,
      { model: 'SSIP_5000', mac: '0004f2e765da', version: '4.0.3.7562' },
    ],
    [`${ss}SSIP_6000-UA/4.0.4.2906 Type/Application`, { model: 'SSIP_6000', version: '4.0.4.2906' }],
    [`${ss}SSIP_6000-UA/5.0.3.1667 Type/Updater`, { model: 'SSIP_6000', bootLoader: true }],
    [`${vvx}VVX_101-UA/5.4.3.1014 Type/Application`, { model: 'VVX_101', version: '5.4.3.1014' }],
    [`${vvx}VVX_310-UA/5.1.1.2986`, { model: 'VVX_310' }],
    [`${vvx}VVX_311-UA/5.9.6.2327 Type/Application`, { model: 'VVX_311', version: '5.9.6.2327' }],
    [`${vvx}VVX_400-UA/4.1.4.7430 Type/Application`, { model: 'VVX_400', version: '4.1.4.7430' }],
    [`${vvx}VVX_450-UA/5.9.1.0615 Type/Application`, { model: 'VVX_450', version: '5.9.1.0615' }],
    [`${vvx}VVX_500-UA/5.9.7.47435 Type/Updater`, { model: 'VVX_500', bootLoader: true }],
    [`${vvx}VVX_500-UA/5.9.7.4477 Type/Application`, { model: 'VVX_500', version: '5.9.7.4477' }],
    [
      'Microbrowser/1.1 PolycomSoundPointIP-SPIP_550-UA/4.0.15.1047 Type/Application',
      { model: 'SPIP_550', version: '4.0.15.1047' },
    ],
    ['FileTransport PolycomRealPresenceTrio-Trio_8800-UA/5.4.3.2007', { model: 'Trio_8800' }],
  ])('%s', (userAgent, facts) => {
    expect(polycom.readUserAgent(userAgent)).toEqual({ maker: 'polycom', ...facts })
  })

  it.each([
    [
      'FileTransport PolyEdge-Edge_E450-UA/8.0.0.15602 Type/Application',
      { model: 'Edge_E450', version: '8.0.0.15602' },
    ],
    [
      'FileTransport PolyCCX-CCX_500-UA/9.4.1.0508 (SN:64167f9f4c90) Type/Application',
      { model: 'CCX_500', mac: '64167f9f4c90', version: '9.4.1.0508' },
    ],
    [
      'FileTransport PolyCCX-CCX_600-UA/8.0.2.3267 (SN:482567b5313f) Type/Application',
      { model: 'CCX_600', mac: '482567b5313f', version: '8.0.2.3267' },
    ],
  ])('%s', (userAgent, facts) => {
    expect(polycom.readUserAgent(userAgent)).toEqual({ maker: 'poly', ...facts })
  })

  it.each([
    'Poly/PolyEdgeB20-1.1.0.6355 (482567391BB0)',
    'Yealink SIP-T54W 96.85.0.5 00:15:65:aa:bb:cc',
    'curl/8.5.0',
    `${vvx}VVX_450-UA/5.9.1.0615 Type/Application\r\nx: y`,
    '',
  ])('leaves %j to others', (userAgent) => {
    expect(polycom.readUserAgent(userAgent)).toBeUndefined()
  })

  it('names a model of the catalogue', () => {
    const unknown = polycom.models.filter(({ userAgent, maker }) => {
      const family = maker === 'poly' ? 'PolyEdge' : 'PolycomVVX'
      return polycom.readUserAgent(`FileTransport ${family}-${userAgent}-UA/1.2.3.4`)?.model !== userAgent
    })
    expect(unknown.map(({ id }) => id)).toEqual([])
  })
})
