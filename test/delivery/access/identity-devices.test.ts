import { describe, expect, it } from 'vitest'
import { identify } from '../../../src/delivery/access/identity.ts'
import { audiocodes } from '../../../src/devices/audiocodes/index.ts'
import { catalogue } from '../../../src/devices/catalogue.ts'
import { polycom } from '../../../src/devices/polycom/index.ts'
import { yealink } from '../../../src/devices/yealink/index.ts'

const drivers = [polycom, yealink, audiocodes]

describe('real devices are recognised', () => {
  it.each([
    [
      '64167fb269d6.cfg',
      'FileTransport PolycomVVX-VVX_450-UA/5.9.1.0615 Type/Application',
      'polycom/vvx-450',
    ],
    ['805ec01d654e.boot', 'Yealink W70B 146.85.0.5 80:5e:c0:1d:65:4e', 'yealink/w70b'],
    ['001565aabbcc.cfg', 'Yealink SIP-T54W 96.86.0.45 00:15:65:aa:bb:cc', 'yealink/t54w'],
    ['00908f602aac.cfg', 'AUDC-IPPhone/2.2.8.61 (440HDG-Rev0; 00908F602AAC)', 'audiocodes/440hd'],
  ])('%s by %s', (name, userAgent, id) => {
    const linked = catalogue.find(id)
    const identity = identify({ name, userAgent }, drivers, () => linked)
    expect(identity).toMatchObject({ mac: name.slice(0, 12), macFrom: 'name', kind: 'device', model: { id } })
    expect(linked).toBeDefined()
  })

  it("one phone's user agent does not open another's file", () => {
    const evidence = { name: '001565aabbcd.cfg', userAgent: 'Yealink SIP-T54W 96.86.0.45 00:15:65:aa:bb:cc' }
    expect(identify(evidence, drivers, () => undefined)).toMatchObject({ refused: 'mac-mismatch' })
  })

  it("one maker's user agent does not open a device of another's", () => {
    const evidence = {
      name: '64167fb269d6.cfg',
      userAgent: 'AUDC/3.4.6.604 AUDC-IPPhone-C450HD_UC_3.4.6.604/1',
    }
    const linked = catalogue.find('polycom/vvx-450')
    expect(identify(evidence, drivers, () => linked)).toMatchObject({ refused: 'model-mismatch' })
  })

  it('the file for everybody stays one for everybody', () => {
    expect(identify({ name: '000000000000.cfg' }, drivers, () => undefined)).toMatchObject({ kind: 'shared' })
  })
})
