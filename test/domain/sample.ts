import type { Company, Line } from '../../src/domain/intent.ts'
import { defaultCodes, noKeys } from '../../src/domain/intent.ts'
import type { LocatedCompany } from '../../src/domain/located-fleet.ts'

/** A small company to bend in tests: three fixed lines, one analog, one call group, one mobile. */
export function sampleCompany(lines: readonly Line[] = sampleLines()): Company {
  return {
    name: 'Toine Immo',
    locale: 'fr',
    timezone: 'Europe/Paris',
    deviceAccess: 'first-contact',
    sip: { domain: 'sip.example.net', transport: 'udp' },
    keyDuringCall: 'hold',
    userSettings: 'ignored',
    codes: defaultCodes,
    sites: [
      { name: 'Grasse', pickupGroups: [{ name: 'Accueil', members: ['+33483050173'] }] },
      { name: 'Paris', pickupGroups: [] },
    ],
    lines,
  }
}

export function sampleLines(): Line[] {
  return [
    {
      ...line('+33483050173'),
      firstName: 'Stéphane',
      lastName: 'Biel',
      equipment: { model: 'polycom/vvx-450', mac: '64167fb269d6', port: 1, expansion: [] },
      keys: { supervision: ['+33483050174'], shortcuts: ['interception'] },
    },
    { ...line('+33483050174'), firstName: 'Valérie', lastName: 'Diaz' },
    { ...line('+33483050175'), site: 'Paris' },
    { ...line('+33483050199'), kind: 'analog', name: 'FAX MKT' },
    { ...line('+33483050180'), kind: 'call-group', name: 'Accueil' },
    { ...line('+33613456789'), kind: 'mobile', name: 'Pierre' },
  ]
}

export function line(number: string): Line {
  return { number, kind: 'fixed', site: 'Grasse', keys: noKeys }
}

/** The sample with one of its lines changed. */
export function withLine(number: string, change: (line: Line) => Line): Company {
  return sampleCompany(sampleLines().map((line) => (line.number === number ? change(line) : line)))
}

export function located(company: Company): LocatedCompany {
  return {
    company,
    path: 'companies[0]',
    sites: company.sites.map((site, i) => ({
      path: `companies[0].sites[${i}]`,
      groups: site.pickupGroups.map((_, g) => `companies[0].sites[${i}].pickupGroups[${g}]`),
    })),
    lines: company.lines.map((_, i) => `companies[0].lines[${i}]`),
    removedSites: [],
  }
}

export const nothingClaimed = {
  numbers: new Map(),
  macs: new Map(),
  emails: new Map(),
  sipUsers: new Map(),
  shortNumbers: new Map(),
  blocks: [],
}
