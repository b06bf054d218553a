import { describe, expect, it } from 'vitest'
import { catalogue } from '../../src/devices/catalogue.ts'
import { checkFleet } from '../../src/domain/fleet-rules.ts'
import type { Company, Equipment, Line } from '../../src/domain/intent.ts'
import type { Claims } from '../../src/domain/located-fleet.ts'
import { line, located, nothingClaimed, sampleCompany, sampleLines, withLine } from './sample.ts'

const first = '+33483050173'
const check = (company: Company, claims: Claims = nothingClaimed) =>
  checkFleet([located(company)], catalogue, claims)
const found = (company: Company, claims?: Claims) =>
  check(company, claims).map(({ code, path }) => `${code} ${path}`)
const withKeys = (keys: Line['keys']) => withLine(first, (line) => ({ ...line, keys }))
const withEquipment = (equipment: Partial<Equipment>) =>
  withLine(first, (line) => ({
    ...line,
    equipment: { model: 'polycom/vvx-450', port: 1, expansion: [], ...equipment },
  }))
const many = (count: number) =>
  Array.from({ length: count }, (_, i) => line(`+331000${String(i).padStart(5, '0')}`))

describe('a fleet that keeps the rules', () => {
  it('has no problem', () => expect(check(sampleCompany())).toEqual([]))
})

describe('each rule refuses with its place', () => {
  it.each<[string, Company, string[]]>([
    [
      'an unknown model',
      withEquipment({ model: 'polycom/vvx-45' }),
      ['model-unknown companies[0].lines[0].equipment.model'],
    ],
    [
      'an adapter on a fixed line',
      withKeysAnd('audiocodes/mp-202b'),
      ['equipment-kind companies[0].lines[0].equipment.model'],
    ],
    [
      'a phone on an analog line',
      onLine('+33483050199', 'polycom/vvx-450'),
      ['equipment-kind companies[0].lines[3].equipment.model'],
    ],
    [
      'equipment on a call group',
      onLine('+33483050180', 'polycom/vvx-450'),
      ['equipment-kind companies[0].lines[4].equipment.model'],
    ],
    [
      'a port the model lacks',
      withEquipment({ port: 2 }),
      ['port-range companies[0].lines[0].equipment.port'],
    ],
    [
      'a use on a phone',
      withEquipment({ use: 'fax' }),
      ['use-not-adapter companies[0].lines[0].equipment.use'],
    ],
    [
      'a foreign module',
      withEquipment({ expansion: ['exp50'] }),
      ['expansion-unknown companies[0].lines[0].equipment.expansion[0]'],
    ],
    [
      'too many modules',
      withEquipment({ expansion: ['em50', 'em50'] }),
      ['expansion-too-many companies[0].lines[0].equipment.expansion'],
    ],
    [
      'a supervised call group',
      withKeys({ supervision: ['+33483050180'], shortcuts: [] }),
      ['supervised-kind companies[0].lines[0].keys.supervision[0]'],
    ],
    [
      'a supervised stranger',
      withKeys({ supervision: ['+33999999999'], shortcuts: [] }),
      ['supervised-unknown companies[0].lines[0].keys.supervision[0]'],
    ],
    [
      'the own line',
      withKeys({ supervision: [first], shortcuts: [] }),
      ['supervised-self companies[0].lines[0].keys.supervision[0]'],
    ],
    [
      'the same line twice',
      withKeys({ supervision: ['+33483050174', '+33483050174'], shortcuts: [] }),
      ['supervised-twice companies[0].lines[0].keys.supervision[1]'],
    ],
    [
      'two interception keys',
      withKeys({ supervision: [], shortcuts: ['interception', 'interception'] }),
      ['interception-twice companies[0].lines[0].keys.shortcuts[1]'],
    ],
    [
      'a label with a line end',
      withKeys({ supervision: [], shortcuts: [{ number: '1', label: 'a\nb' }] }),
      ['control-characters companies[0].lines[0].keys.shortcuts[0].label'],
    ],
    ['keys without equipment', withoutEquipment(), ['keys-need-equipment companies[0].lines[0].keys']],
    [
      'keys on a conference phone',
      withKeysAnd('polycom/soundstation-ip-5000'),
      ['no-programmable-keys companies[0].lines[0].keys'],
    ],
    [
      'a line in no known site',
      withLine('+33483050175', (line) => ({ ...line, site: 'Nice' })),
      ['site-unknown companies[0].lines[2].site'],
    ],
    [
      'a member of another site',
      withGroup(['+33483050175']),
      ['member-other-site companies[0].sites[0].pickupGroups[0].members[0]'],
    ],
    [
      'a member that is no fixed line',
      withGroup(['+33483050199']),
      ['member-kind companies[0].sites[0].pickupGroups[0].members[0]'],
    ],
    [
      'a member that does not exist',
      withGroup(['+33999999999']),
      ['member-unknown companies[0].sites[0].pickupGroups[0].members[0]'],
    ],
    [
      'a line in two groups',
      withTwoGroups(),
      ['member-twice companies[0].sites[0].pickupGroups[1].members[0]'],
    ],
    [
      'a number twice',
      sampleCompany([...sampleLines(), line('+33483050174')]),
      ['number-taken companies[0].lines[6].number', 'sip-user-taken companies[0].lines[6].sip.user'],
    ],
    [
      'a short number of three digits',
      withLine('+33483050174', (line) => ({ ...line, shortNumber: '107' })),
      ['short-number-invalid companies[0].lines[1].shortNumber'],
    ],
    [
      'an e-mail without @',
      withLine('+33483050174', (line) => ({ ...line, email: 'x' })),
      ['email-invalid companies[0].lines[1].email'],
    ],
    [
      'a password with a line end',
      withLine('+33483050174', (line) => ({ ...line, sip: { password: 'a\nb' } })),
      ['sip-password-invalid companies[0].lines[1].sip.password'],
    ],
    [
      'a time zone of nowhere',
      { ...sampleCompany(), timezone: 'Europe/Grasse' },
      ['timezone-unknown companies[0].timezone'],
    ],
    [
      'a domain with spaces',
      { ...sampleCompany(), sip: { domain: 'a b', transport: 'udp' } },
      ['host-invalid companies[0].sip.domain'],
    ],
    [
      'a code with letters',
      { ...sampleCompany(), codes: { groupPickup: 'x', directedPickup: '*95', voicemail: '123' } },
      ['code-invalid companies[0].codes.groupPickup'],
    ],
    [
      'quiet hours without a span',
      { ...sampleCompany(), quietHours: { from: '22:00', to: '22:00' } },
      ['quiet-hours companies[0].quietHours'],
    ],
    [
      'a scope that is no maker',
      { ...sampleCompany(), parameters: { snom: {} } },
      ['scope-unknown companies[0].parameters["snom"]'],
    ],
    [
      'a parameter that ends its line',
      { ...sampleCompany(), parameters: { yealink: { 'linekey.1.label': 'x\ny' } } },
      ['control-characters companies[0].parameters["yealink"]["linekey.1.label"]'],
    ],
  ])('%s', (_, company, problems) => expect(found(company)).toEqual(problems))

  it('a parameter the vendor is not known to have is told, and passes', () => {
    const problems = (name: string) =>
      check({ ...sampleCompany(), parameters: { 'yealink/t54w': { [name]: '1' } } }).map(
        ({ code, severity }) => `${severity} ${code}`,
      )
    expect(problems('linekey.1.type')).toEqual([])
    expect(problems('linekey.1.tipe')).toEqual(['warning parameter-unknown'])
    const own = withEquipment({ parameters: { 'no.such.thing': '1' } })
    expect(check(own)).toMatchObject([
      { code: 'parameter-unknown', path: 'companies[0].lines[0].equipment.parameters["no.such.thing"]' },
    ])
  })

  it('a password that the adapter cannot be given is told without being shown', () => {
    const account = {
      equipment: { model: 'audiocodes/mp-118', port: 1, expansion: [] },
      sip: { password: 'a;b"c' },
    }
    const [problem] = check(withLine('+33483050199', (line) => ({ ...line, ...account })))
    expect(problem).toMatchObject({ code: 'password-unfit', severity: 'warning' })
    expect(JSON.stringify(problem)).not.toContain('a;b')
  })

  it('reports all faults at once', () => {
    const bad = withKeys({
      supervision: [first, '+33483050180'],
      shortcuts: ['interception', 'interception'],
    })
    expect(found({ ...bad, timezone: 'x' })).toHaveLength(4)
  })

  it('the 46th supervision key', () => {
    const colleagues = many(46)
    const company = sampleCompany([...sampleLines(), ...colleagues])
    const keys = (count: number) => ({
      ...company,
      lines: company.lines.map((line) =>
        line.number === first
          ? {
              ...line,
              keys: { supervision: colleagues.slice(0, count).map(({ number }) => number), shortcuts: [] },
            }
          : line,
      ),
    })
    expect(found(keys(45))).toEqual([])
    expect(found(keys(46))).toEqual(['too-many-supervision companies[0].lines[0].keys.supervision[45]'])
  })

  it('the key beyond the capacity, at its own place', () => {
    const shortcuts = Array.from({ length: 16 }, (_, i) => ({ number: `${i}`, label: `${i}` }))
    const small = withLine(first, (line) => ({
      ...line,
      equipment: { model: 'polycom/vvx-250', port: 1, expansion: [] },
      keys: { supervision: [], shortcuts },
    }))
    expect(found(small)).toEqual(['too-many-keys companies[0].lines[0].keys.shortcuts[15]'])
  })
})

describe('what only one line may hold', () => {
  const base = { model: 'yealink/w60b', mac: '805ec0112233', expansion: [] }
  const onBase = (ports: readonly number[], model = base.model) =>
    sampleCompany(
      ports.map((port, i) => ({
        ...line(`+3310000000${i}`),
        equipment: { ...base, port, ...(i === 1 ? { model } : {}) },
      })),
    )

  it('two handsets of one base are fine, one handset for two lines is not', () => {
    const free = (company: Company) => found({ ...company, sites: [{ name: 'Grasse', pickupGroups: [] }] })
    expect(free(onBase([1, 2]))).toEqual([])
    expect(free(onBase([2, 2]))).toEqual(['mac-taken companies[0].lines[1].equipment.mac'])
    expect(free(onBase([1, 2], 'yealink/w70b'))).toEqual([
      'device-models companies[0].lines[1].equipment.model',
    ])
  })

  it('names the line that has the MAC, in this company or another', () => {
    const twice = withLine('+33483050174', (line) => ({
      ...line,
      equipment: { model: 'polycom/vvx-450', mac: '64167fb269d6', port: 1, expansion: [] },
    }))
    expect(check(twice)[0]?.wrong).toContain('line +33483050173')
    const elsewhere = {
      ...nothingClaimed,
      macs: new Map([['64167fb269d6', { company: 'Other', number: '+33100000000' }]]),
    }
    expect(check(sampleCompany(), elsewhere)[0]?.wrong).toContain('line +33100000000 of Other')
  })

  it('e-mail addresses differ in more than case', () => {
    const company = sampleCompany(
      sampleLines().map((line, i) =>
        i < 2 ? { ...line, email: i === 0 ? 'A@example.net' : 'a@EXAMPLE.net' } : line,
      ),
    )
    expect(found(company)).toEqual(['email-taken companies[0].lines[1].email'])
  })
})

describe('a site with lines', () => {
  it('cannot be removed', () => {
    const company = { ...sampleCompany(), sites: sampleCompany().sites.slice(0, 1) }
    const problems = checkFleet([{ ...located(company), removedSites: ['Paris'] }], catalogue, nothingClaimed)
    expect(problems).toMatchObject([{ code: 'site-in-use', path: 'companies[0].lines[2].site' }])
  })
})

function withKeysAnd(model: string): Company {
  return withLine(first, (line) => ({
    ...line,
    equipment: { model, port: 1, expansion: [] },
    keys: model.startsWith('audiocodes') ? { supervision: [], shortcuts: [] } : line.keys,
  }))
}

function onLine(number: string, model: string): Company {
  return withLine(number, (line) => ({ ...line, equipment: { model, port: 1, expansion: [] } }))
}

function withoutEquipment(): Company {
  return withLine(first, ({ equipment: _, ...line }) => line)
}

function withGroup(members: string[]): Company {
  return {
    ...sampleCompany(),
    sites: [
      { name: 'Grasse', pickupGroups: [{ name: 'Accueil', members }] },
      { name: 'Paris', pickupGroups: [] },
    ],
  }
}

function withTwoGroups(): Company {
  const groups = ['Accueil', 'Atelier'].map((name) => ({ name, members: [first] }))
  return {
    ...sampleCompany(),
    sites: [
      { name: 'Grasse', pickupGroups: groups },
      { name: 'Paris', pickupGroups: [] },
    ],
  }
}
