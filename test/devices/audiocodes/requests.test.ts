import { describe, expect, test } from 'vitest'
import { audiocodes } from '../../../src/devices/audiocodes/index.ts'
import { device } from './a-device.ts'

function kindOf(path: string) {
  for (const { pattern, kind } of audiocodes.requests) {
    const groups = pattern.exec(path)?.groups
    if (groups) return { kind, ...groups }
  }
  return undefined
}

describe('what the devices ask', () => {
  test.each([
    ['00908f3bbcba.cfg', { kind: 'device', mac: '00908f3bbcba' }],
    ['provisioner/00908f3bbcba.cfg', { kind: 'device', mac: '00908f3bbcba' }],
    ['some/audiocodes/00908F9D8992.cfg', { kind: 'device', mac: '00908F9D8992' }],
    ['440HD_001122334455_conf.cfg', { kind: 'device', mac: '001122334455', model: '440HD' }],
    ['00908f3bbcba-speeddial.txt', { kind: 'absent' }],
    ['00908f3bbcba-ca.pem', { kind: 'device' }],
    ['420HD.img', { kind: 'firmware', model: '420HD', file: '420HD.img' }],
    ['fw/C450HD.img', { kind: 'firmware', model: 'C450HD', file: 'C450HD.img' }],
    ['405_2.2.16.501.img', { kind: 'firmware', file: '405_2.2.16.501.img' }],
    ['MP11x_6.60A.367.005.cmp', { kind: 'firmware', file: 'MP11x_6.60A.367.005.cmp' }],
    ['00908F1DD0D3.ini', { kind: 'device', mac: '00908F1DD0D3' }],
    ['config00908F1DD0D3', { kind: 'device', mac: '00908F1DD0D3' }],
    ['config00908F1DD0D3.ini', { kind: 'device', mac: '00908F1DD0D3' }],
    ['usa_tones_13.dat', { kind: 'resource', file: 'usa_tones_13.dat' }],
    ['00908F1DD0D3.CONF', { kind: 'device', mac: '00908F1DD0D3' }],
    ['MP202_00908F1DD0D3.CONF', { kind: 'device', mac: '00908F1DD0D3', model: 'MP202' }],
    ['mp20x_00908f1dd0d3.bin', { kind: 'device', mac: '00908f1dd0d3' }],
  ])('%s', (path, wanted) => {
    expect(kindOf(path)).toMatchObject(wanted)
  })

  test.each(['00908f3bbcb.cfg', '00908f3bbcba.cfg.bak', 'config', '../secret', '440HD', '00908f3bbcba.boot'])(
    '%s is nothing of ours',
    (path) => expect(kindOf(path)).toBeUndefined(),
  )
})

describe('the file a device means', () => {
  const meant = (id: string, name: string) => audiocodes.canonicalName?.(name, device(id).model)

  test('of a phone', () => {
    expect(meant('440hd', 'x/00908F602AAC.cfg')).toBe('00908f602aac.cfg')
    expect(meant('440hd', '440HD_00908F602AAC_conf.cfg')).toBe('00908f602aac.cfg')
    expect(meant('440hd', '00908F602AAC-CA.pem')).toBe('00908f602aac-ca.pem')
  })
  test('of a gateway', () => {
    expect(meant('mp-118', '00908f602aac.ini')).toBe('00908F602AAC.ini')
    expect(meant('mp-118', 'config00908F602AAC')).toBe('00908F602AAC.ini')
  })
  test.each([
    '00908F602AAC.conf',
    '00908F602AAC.CONF',
    '00908f602aac.ini',
    '00908f602aac.cfg',
    '00908f602aac.xml',
  ])('of an adapter asking %s', (name) => expect(meant('mp-202b', name)).toBe('00908f602aac.conf'))
  test('of an adapter with its model in front', () => {
    expect(meant('mp-204b', 'p/MP20x_00908F602AAC.CONF')).toBe('00908f602aac.conf')
  })
  test('is none where another family would be meant', () => {
    expect(meant('440hd', '00908f602aac.ini')).toBeUndefined()
    expect(meant('mp-118', '00908f602aac.cfg')).toBeUndefined()
    expect(meant('mp-118', '00908f602aac-speeddial.txt')).toBeUndefined()
    expect(meant('mp-202b', '00908f602aac-ca.pem')).toBeUndefined()
    expect(meant('440hd', '440HD.img')).toBeUndefined()
  })
})
