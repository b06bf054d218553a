import { describe, expect, it } from 'vitest'
import { polycom } from '../../../src/devices/polycom/index.ts'
import { device, model, render } from './fixtures.ts'

function read(path: string): { kind: string; mac?: string; file?: string } | undefined {
  for (const { kind, pattern } of polycom.requests) {
    const match = pattern.exec(path)
    if (match) return { kind, ...match.groups }
  }
  return undefined
}

const mac = '64167fb269d6'

describe('what a phone asks for', () => {
  it.each([
    [`${mac}.cfg`, 'device'],
    [`${mac.toUpperCase()}.cfg`, 'device'],
    [`${mac}-lines.cfg`, 'device'],
    [`${mac}-settings.cfg`, 'device'],
    [`${mac}-directory.xml`, 'directory'],
    [`${mac}-phone.cfg`, 'overrides'],
    [`${mac}-web.cfg`, 'overrides'],
    [`${mac}-calls.xml`, 'calls'],
    [`${mac}-boot.log`, 'log'],
    [`${mac}-app.log`, 'log'],
    [`${mac}-appFlash.log`, 'log'],
    [`${mac}-core.gz`, 'absent'],
  ])('%s', (path, kind) => {
    const found = read(path)
    expect(found?.kind).toBe(kind)
    expect(found?.mac?.toLowerCase()).toBe(mac)
  })

  it.each([
    ['000000000000.cfg', 'shared'],
    ['000000000000-license.cfg', 'absent'],
    [`${mac}-license.cfg`, 'absent'],
    ['000000000000-directory.xml', 'absent'],
    ['000000000000-directory~.xml', 'absent'],
  ])('%s, which is nobody’s', (path, kind) => {
    expect(read(path)).toEqual({ kind })
    expect(read(`prov/site-1/${path}`)).toEqual({ kind })
  })

  it.each(['.cfg', '-lines.cfg', '-settings.cfg', '-directory.xml', '-web.cfg', '-app.log'])(
    'a file of its own that ends in %s, in whatever folder the phone was pointed to',
    (ending) => expect(read(`prov/site-1/${mac}${ending}`)).toEqual(read(`${mac}${ending}`)),
  )

  it.each([
    ['sip.ld', 'sip.ld'],
    ['3111-48840-001.sip.ld', '3111-48840-001.sip.ld'],
    ['3111-44500-001.3111-44500-001.sip.ld', '3111-44500-001.sip.ld'],
    ['firmware/6.4.6/3111-48840-001.sip.ld', '3111-48840-001.sip.ld'],
    ['2345-12670-001.bootrom.ld', '2345-12670-001.bootrom.ld'],
    ['2345-17960-001.bootblock.ld', '2345-17960-001.bootblock.ld'],
    ['3111-17823-001.dect.ld', '3111-17823-001.dect.ld'],
    ['sip_40x.ld', 'sip_40x.ld'],
    ['sip.ver', 'sip.ver'],
  ])('the image %s', (path, file) => {
    expect(read(path)).toEqual({ kind: 'firmware', file })
  })

  it.each([
    'VVXLocalization/French_France/VVX-dictionary.xml',
    'SoundPointIPLocalization/French_France/SoundPointIP-dictionary.xml',
    'languages/Website_dictionary_language_en-us.xml',
    'SoundPointIPWelcome.wav',
    'Leaf.jpg',
  ])('the resource %s', (path) => {
    expect(read(path)).toEqual({ kind: 'resource', file: path })
  })

  it.each([
    '../64167fb269d6.cfg',
    'firmware/../../etc/3111-48840-001.sip.ld/passwd',
    'VVXLocalization/../../secrets/x.xml',
    '..wav',
    'sip.cfg',
    `${mac}-user.cfg`,
    `${mac}0.cfg`,
    '000000000000-phone.cfg',
    '001565aabbcc.boot',
  ])('nothing for %s', (path) => {
    expect(read(path)).toBeUndefined()
  })

  it('holds every file that is rendered', () => {
    const kinds = render(device(model('polycom/vvx-450'))).map(({ name }) => read(name)?.kind)
    expect(kinds).toEqual(['device', 'device', 'device', 'directory'])
  })

  it('holds the image of every model, once or twice named', () => {
    const lost = polycom.models
      .flatMap(({ partNumber: part }) => (part ? [`${part}.sip.ld`, `${part}.${part}.sip.ld`] : []))
      .filter((path) => read(path)?.kind !== 'firmware')
    expect(lost).toEqual([])
  })
})
