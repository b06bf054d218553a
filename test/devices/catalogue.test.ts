import { describe, expect, it } from 'vitest'
import { catalogue } from '../../src/devices/catalogue.ts'
import { capacity } from '../../src/domain/key-layout.ts'
import type { Model } from '../../src/domain/model.ts'

function known(id: string): Model {
  const model = catalogue.find(id)
  if (!model) throw new Error(`${id} is not in the catalogue`)
  return model
}

describe('how many keys a manager may order', () => {
  it.each([
    ['polycom/vvx-450', [], 47],
    ['polycom/vvx-450', ['em50'], 101],
    ['polycom/vvx-250', [], 15],
    ['polycom/vvx-600', ['em-color', 'em-color', 'em-color'], 267],
    ['polycom/vvx-601', ['em-paper', 'em-paper', 'em-paper'], 135],
    ['polycom/soundpoint-ip-650', ['em-lcd', 'em-lcd', 'em-lcd'], 47],
    ['polycom/soundpoint-ip-335', [], 0],
    ['polycom/soundstation-ip-5000', [], 0],
    ['polycom/trio-8500', [], 0],
    ['poly/edge-e220', [], 15],
    ['poly/edge-e550', [], 47],
    ['yealink/t28p', [], 15],
    ['yealink/t43u', [], 14],
    ['yealink/t46s', ['exp40', 'exp40'], 106],
    ['yealink/t54w', [], 26],
    ['yealink/t54w', ['exp50', 'exp50', 'exp50'], 206],
    ['yealink/cp960', [], 0],
    ['yealink/w52p', [], 0],
    ['yealink/w60b', [], 0],
    ['audiocodes/405hd', [], 0],
    ['audiocodes/420hd', [], 0],
    ['audiocodes/440hd', [], 17],
    ['audiocodes/mp-202b', [], undefined],
    ['audiocodes/mp-124', [], undefined],
  ] as const)('%s with %j: %s', (id, expansion, room) => {
    expect(capacity(known(id), expansion)).toBe(room)
  })

  it('offers the EM50 once on a VVX 450, and the EXP50 three times on a T54W', () => {
    expect(known('polycom/vvx-450').expansions).toMatchObject({ em50: { keys: 90, max: 1 } })
    expect(known('yealink/t54w').expansions).toMatchObject({ exp50: { keys: 60, max: 3 } })
  })
})

describe('the lines a device can be given to', () => {
  it.each([
    ['polycom/vvx-450', 1],
    ['yealink/w52p', 5],
    ['yealink/w60b', 8],
    ['yealink/w70b', 10],
    ['yealink/w80b', 100],
    ['audiocodes/mp-202b', 2],
    ['audiocodes/mp-204b', 4],
    ['audiocodes/mp-118', 8],
  ])('%s: %i', (id, ports) => {
    expect(known(id).ports).toBe(ports)
  })
})

describe('the name inside a user agent', () => {
  it.each([
    ['SPIP_335', 'polycom/soundpoint-ip-335'],
    ['SPIP_450', 'polycom/soundpoint-ip-450'],
    ['SPIP_550', 'polycom/soundpoint-ip-550'],
    ['SPIP_601', 'polycom/soundpoint-ip-601'],
    ['SSIP_5000', 'polycom/soundstation-ip-5000'],
    ['SSIP_6000', 'polycom/soundstation-ip-6000'],
    ['VVX_101', 'polycom/vvx-101'],
    ['VVX_150', 'polycom/vvx-150'],
    ['VVX_250', 'polycom/vvx-250'],
    ['VVX_310', 'polycom/vvx-310'],
    ['VVX_311', 'polycom/vvx-311'],
    ['VVX_400', 'polycom/vvx-400'],
    ['VVX_450', 'polycom/vvx-450'],
    ['VVX_500', 'polycom/vvx-500'],
    ['VVX_601', 'polycom/vvx-601'],
    ['Trio_8500', 'polycom/trio-8500'],
    ['Trio_8800', 'polycom/trio-8800'],
    ['Edge_E220', 'poly/edge-e220'],
    ['Edge_E350', 'poly/edge-e350'],
    ['Edge_E450', 'poly/edge-e450'],
    ['CCX_500', 'poly/ccx-500'],
    ['CCX_600', 'poly/ccx-600'],
    ['T19P_E2', 'yealink/t19p-e2'],
    ['T21P_E2', 'yealink/t21p-e2'],
    ['T21D', 'yealink/t21p'],
    ['T23G', 'yealink/t23g'],
    ['T27P', 'yealink/t27p'],
    ['T28P', 'yealink/t28p'],
    ['T31G', 'yealink/t31g'],
    ['T33G', 'yealink/t33g'],
    ['T34W', 'yealink/t34w'],
    ['T38G', 'yealink/t38g'],
    ['T41P', 'yealink/t41p'],
    ['T43U', 'yealink/t43u'],
    ['T46G', 'yealink/t46g'],
    ['T46S', 'yealink/t46s'],
    ['T46U', 'yealink/t46u'],
    ['T48G', 'yealink/t48g'],
    ['T49G', 'yealink/t49g'],
    ['T56A', 'yealink/t56a'],
    ['T58A', 'yealink/t58a'],
    ['T87W', 'yealink/t87w'],
    ['CP860', 'yealink/cp860'],
    ['CP920', 'yealink/cp920'],
    ['CP960', 'yealink/cp960'],
    ['VP530P', 'yealink/vp530'],
    ['W52P', 'yealink/w52p'],
    ['W60B', 'yealink/w60b'],
    ['W70B', 'yealink/w70b'],
    ['W75B', 'yealink/w75b'],
    ['W80B', 'yealink/w80b'],
    ['W80DM', 'yealink/w80b'],
    ['W90DM', 'yealink/w90b'],
    ['420HD', 'audiocodes/420hd'],
    ['440HD', 'audiocodes/440hd'],
    ['440HDG', 'audiocodes/440hd'],
    ['C450HD', 'audiocodes/c450hd'],
    ['MP202', 'audiocodes/mp-202b'],
    ['MP202 B', 'audiocodes/mp-202b'],
  ])('%s is %s, in any case', (name, id) => {
    expect(catalogue.byUserAgent(name)?.id).toBe(id)
    expect(catalogue.byUserAgent(name.toLowerCase())?.id).toBe(id)
  })

  it('is nobody when no device writes it so', () => {
    expect(catalogue.byUserAgent('VVX_45')).toBeUndefined()
    expect(catalogue.byUserAgent('')).toBeUndefined()
  })
})

describe('the code of a shared file', () => {
  const ids = (code: string) => catalogue.byHardwareCode(code).map((model) => model.id)

  it('tells one model, or the variants of one', () => {
    expect(ids('108')).toEqual(['yealink/t46u'])
    expect(ids('025')).toEqual(['yealink/w52p', 'yealink/w56p'])
    expect(ids('000')).toEqual(['yealink/t28p'])
    expect(ids('999')).toEqual([])
  })
})

describe('the models an image is for', () => {
  it.each([
    ['3111-48840-001.sip.ld', ['polycom/vvx-450']],
    ['3111-44500-001.3111-44500-001.sip.ld', ['polycom/vvx-500']],
    ['2345-12670-001.SIP.LD', ['polycom/soundpoint-ip-670']],
    ['2345-11402-001.bootrom.ld', ['polycom/soundpoint-ip-430']],
    ['sip.ld', []],
    ['T46S(T48S,T42S,T41S)-66.86.0.15.rom', ['t41s', 't42s', 't46s', 't48s'].map((id) => `yealink/${id}`)],
    ['W70B-146.85.0.40.rom', ['yealink/w70b']],
    ['W80DM-103.87.0.18.rom', ['yealink/w80b']],
    ['W53H-88.83.0.90.rom', []],
    ['25.81.0.30.rom', ['yealink/w52p', 'yealink/w56p']],
    [
      'T54W(T57W,T53W,T53,T53C,T54,T57)-96.86.0.45(20211130).rom',
      ['t53', 't53w', 't53c', 't54w', 't57w'].map((id) => `yealink/${id}`),
    ],
    ['420HD.img', ['audiocodes/420hd']],
    ['405_2.2.16.501.img', ['audiocodes/405hd']],
    ['430HD_2.2.16.538.img', ['audiocodes/430hd']],
    ['445HD_3.4.4.1000.52.img', ['audiocodes/445hd']],
    ['C450HD.img', ['audiocodes/c450hd']],
    ['UC405HD_3.2.1.616.img', []],
    ['x3111-48840-001.sip.ld', []],
    ['3111-48840-001.sip.ld.bak', []],
    ['../3111-48840-001.sip.ld', []],
  ])('%s', (file, ids) => {
    expect(catalogue.byFirmware(file).map((model) => model.id)).toEqual(ids)
  })
})

describe('a mistyped id', () => {
  it.each([
    ['polycom/vvx-45O', 'polycom/vvx-450'],
    ['vvx450', 'polycom/vvx-450'],
    ['yealink/vvx-450', 'polycom/vvx-450'],
    ['Yealink/T54W', 'yealink/t54w'],
    ['yealink/t54', 'yealink/t54s'],
    ['yealnk/w60p', 'yealink/w60b'],
    ['audiocodes/mp202b', 'audiocodes/mp-202b'],
    ['poly/edge-e22', 'poly/edge-e220'],
    ['polycom/soundpoint-335', 'polycom/soundpoint-ip-335'],
  ])('%s is first offered %s', (typed, id) => {
    expect(catalogue.find(typed)).toBeUndefined()
    expect(catalogue.similar(typed)[0]).toBe(id)
  })

  it.each([
    ['nothing', ''],
    ['another maker', 'cisco/7960'],
    ['a maker alone', 'polycom/'],
    ['a word', 'fax'],
    ['a text without end', 'vvx-450'.repeat(20_000)],
  ])('%s resembles no model', (_, typed) => {
    expect(catalogue.similar(typed)).toEqual([])
  })

  it('is offered three ids at most', () => {
    expect(catalogue.similar('yealink/t46x').length).toBe(3)
  })
})

describe('the maker of an address', () => {
  it.each([
    ['0004f2e765da', ['polycom', 'poly']],
    ['64167fb269d6', ['polycom', 'poly']],
    ['f04ea4691c59', ['polycom', 'poly']],
    ['805e0cf40bb9', ['yealink']],
    ['805ec009abdc', ['yealink']],
    ['00908f9d8992', ['audiocodes']],
    ['000413000001', []],
  ])('%s: %j', (mac, makers) => {
    expect(catalogue.makersOf(mac)).toEqual(makers)
  })

  it('is one of four', () => {
    expect(['polycom', 'poly', 'yealink', 'audiocodes'].every((name) => catalogue.isMaker(name))).toBe(true)
    expect(
      ['Yealink', 'cisco', '', 'constructor', 'yealink/t54w'].some((name) => catalogue.isMaker(name)),
    ).toBe(false)
  })
})
