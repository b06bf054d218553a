import { expect, test } from 'vitest'
import { audiocodes } from '../../../src/devices/audiocodes/index.ts'

test.each([
  ['AUDC-IPPhone/2.0.0_build_15 (420HD; 00908F3BBCBA)', '420HD', '00908f3bbcba', '2.0.0_build_15'],
  ['AUDC-IPPhone/2.2.8.61 (440HDG-Rev0; 00908F602AAC)', '440HD', '00908f602aac', '2.2.8.61'],
  ['AUDC-IPPhone/1.6.0.44.43 (310HD; 00908F3BAB6E)', '310HD', '00908f3bab6e', '1.6.0.44.43'],
  ['AUDC/3.4.6.604 AUDC-IPPhone-C450HD_UC_3.4.6.604/1', 'C450HD', undefined, '3.4.6.604'],
  ['AUDC-IPPhone-450HD_UC_0.0.0.0/0', '450HD', undefined, '0.0.0.0'],
  ['AUDC-IPPhone/2.2.2', undefined, undefined, '2.2.2'],
  [
    'Mozilla/4.0 (compatible; AudioCodes; MP-118 FXS;6.60A.022;00908F1DD0D3;3)',
    'MP-118',
    '00908f1dd0d3',
    '6.60A.022',
  ],
  ['MyWorld-Mediant;7.00.200.001(00908F1DD0D3)', 'Mediant', '00908f1dd0d3', '7.00.200.001'],
  ['Audiocodes-Sip-Gateway-Mediant 1000/v.5.80A.055.002', 'Mediant 1000', undefined, '5.80A.055.002'],
  ['Audiocodes-Sip-Gateway-MP-118 FXS/v.6.60A.022', 'MP-118', undefined, '6.60A.022'],
  ['MP202 B 2FXS/3.0.0_build_13', 'MP202', undefined, '3.0.0_build_13'],
  ['MP204 D 4FXS/4.4.0', 'MP204', undefined, '4.4.0'],
])('%s', (userAgent, model, mac, version) => {
  const facts = audiocodes.readUserAgent(userAgent)
  expect(facts?.maker).toBe('audiocodes')
  expect([facts?.model, facts?.mac, facts?.version]).toEqual([model, mac, version])
})

test.each([
  'curl/8.5.0',
  'Mozilla/5.0 (X11; Linux x86_64)',
  'Yealink SIP-T54W 96.86.0.20 80:5e:c0:11:22:33',
  '',
])('%j is nobody of ours', (userAgent) => expect(audiocodes.readUserAgent(userAgent)).toBeUndefined())

test('the models of the catalogue are told by what their devices say', () => {
  const names = audiocodes.models.map(({ userAgent }) => userAgent)
  for (const userAgent of [
    'AUDC-IPPhone/2.2.8.61 (440HDG-Rev0; 00908F602AAC)',
    'AUDC/3.4.6.604 AUDC-IPPhone-C450HD_UC_3.4.6.604/1',
    'Mozilla/4.0 (compatible; AudioCodes; MP-112 FXS;6.60A.367.005;00908F1DD0D3;)',
    'MP202 B 2FXS/3.0.0_build_13',
  ])
    expect(names).toContain(audiocodes.readUserAgent(userAgent)?.model)
})
