import { describe, expect, it } from 'vitest'
import { catalogue } from '../../src/devices/catalogue.ts'
import { diffFleets } from '../../src/domain/diff.ts'
import { impactOf } from '../../src/domain/impact.ts'
import type { Company, Line } from '../../src/domain/intent.ts'
import { sampleCompany, sampleLines, withLine } from './sample.ts'

const phone = '+33483050173'
const impact = (after: Company, before = sampleCompany()) =>
  diffFleets([before], [after])
    .flatMap((change) => impactOf(change, before, after, catalogue))
    .map(({ mac, link, urgency, reasons }) => ({
      mac,
      link,
      urgency,
      reasons,
    }))
const one = (urgency: string, ...reasons: string[]) => [
  { mac: '64167fb269d6', link: 'kept', urgency, reasons },
]
const changed = (change: (line: Line) => Line) => impact(withLine(phone, change))

describe('reboot or not', () => {
  it('nothing changed: nobody is woken', () => expect(impact(sampleCompany())).toEqual([]))
  it('the same settings in another order of fields: nobody', () => {
    const reordered = { ...sampleCompany(), sip: { transport: 'udp', domain: 'sip.example.net' } } as const
    expect(impact(reordered)).toEqual([])
  })
  it('own keys: now', () => {
    expect(changed((line) => ({ ...line, keys: { ...line.keys, shortcuts: [] } }))).toEqual(
      one('reboot', 'keys changed'),
    )
  })
  it('a shortcut relabelled by the manager: now', () => {
    const labelled = (label: string) =>
      withLine(phone, (line) => ({ ...line, keys: { supervision: [], shortcuts: [{ number: '1', label }] } }))
    expect(impact(labelled('b'), labelled('a'))).toEqual(one('reboot', 'keys changed'))
  })
  it('a supervised colleague renamed: quiet hours', () => {
    expect(impact(withLine('+33483050174', (line) => ({ ...line, lastName: 'Durand' })))).toEqual(
      one('quiet-hours', 'names on keys changed'),
    )
  })
  it('somebody else renamed: nobody', () => {
    expect(impact(withLine('+33483050175', (line) => ({ ...line, name: 'X' })))).toEqual([])
  })
  it('the SIP account of a supervised colleague: now', () => {
    expect(impact(withLine('+33483050174', (line) => ({ ...line, sip: { user: 'vd' } })))).toEqual(
      one('reboot', 'keys changed'),
    )
  })
  it('another SIP password: now', () => {
    expect(changed((line) => ({ ...line, sip: { password: 'x' } }))).toEqual(one('reboot', 'lines changed'))
  })
  it('a module more: now', () => {
    expect(
      changed((line) => ({
        ...line,
        equipment: { model: 'polycom/vvx-450', mac: '64167fb269d6', port: 1, expansion: ['em50'] },
      })),
    ).toEqual(one('reboot', 'expansion modules changed'))
  })
  it('language and clock: quiet hours', () => {
    expect(impact({ ...sampleCompany(), locale: 'en', timezone: 'Europe/London' })).toEqual(
      one('quiet-hours', 'names on keys changed', 'language changed', 'time zone changed').map((row) => ({
        ...row,
        reasons: row.reasons.slice(1),
      })),
    )
  })
  it('a new SIP server: now', () => {
    expect(impact({ ...sampleCompany(), sip: { domain: 'b.example.net', transport: 'tls' } })).toEqual(
      one('reboot', 'SIP server changed'),
    )
  })
  it('another MAC: the old device is reset, the new one linked', () => {
    const moved = withLine(phone, (line) => ({
      ...line,
      equipment: { model: 'polycom/vvx-450', mac: '64167f000001', port: 1, expansion: [] },
    }))
    expect(impact(moved)).toEqual([
      { mac: '64167f000001', link: 'linked', urgency: 'reboot', reasons: ['equipment linked'] },
      { mac: '64167fb269d6', link: 'unlinked', urgency: 'reboot', reasons: ['equipment removed'] },
    ])
  })
  it('a handset more on a base: the base, once', () => {
    const handset = (port: number, i: number): Line => ({
      ...(sampleLines()[i] as Line),
      keys: { supervision: [], shortcuts: [] },
      equipment: { model: 'yealink/w60b', mac: '805ec0112233', port, expansion: [] },
    })
    expect(impact(sampleCompany([handset(1, 1), handset(2, 2)]), sampleCompany([handset(1, 1)]))).toEqual([
      { mac: '805ec0112233', link: 'kept', urgency: 'reboot', reasons: ['lines changed'] },
    ])
  })
})

describe('the difference of two fleets', () => {
  it('is empty for equal ones, whatever the order of fields', () => {
    const same = JSON.parse(JSON.stringify(sampleCompany())) as Company
    expect(diffFleets([sampleCompany()], [{ ...same, name: same.name }])).toEqual([])
  })
  it('names what is new, changed and gone', () => {
    const after = sampleCompany([
      ...sampleLines().slice(1),
      { ...(sampleLines()[0] as Line), number: '+33100000000' },
    ])
    const [change] = diffFleets([sampleCompany()], [after])
    expect(change?.lines.map(({ before, after }) => [before?.number, after?.number])).toEqual([
      [phone, undefined],
      [undefined, '+33100000000'],
    ])
    expect(change?.settings).toBeUndefined()
  })
})
