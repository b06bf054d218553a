import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { diffFleets } from '../../src/domain/diff.ts'
import type { DeviceImpact } from '../../src/domain/fleet-diff.ts'
import { type Company, defaultCodes, type Line, noKeys } from '../../src/domain/intent.ts'
import { makeDeviceAccount } from '../../src/fleet/passwords.ts'
import type { Internals } from '../../src/store/opening.ts'
import type { Store, StoreOptions } from '../../src/store/store.ts'
import { change, fileTest, onServer, openStore, rows } from './databases.ts'

export { change, fileTest, onServer, rows }

export const operator = { name: 'ana', source: 'cli' }

export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'bootline-store-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return folder
}

/** A store that is closed with its test. */
export async function opened(options: StoreOptions, internals?: Internals): Promise<Store> {
  const store = await openStore(options, internals)
  onTestFinished(() => store.close())
  return store
}

export async function save(
  store: Store,
  before: readonly Company[],
  after: readonly Company[],
  impacts: readonly DeviceImpact[] = [],
): Promise<number> {
  return store.write(operator, (w) =>
    w.saveDiff(diffFleets(before, after), impacts, {
      summary: 'a test',
      passwordOrigin: () => 'operator',
      makeAccount: makeDeviceAccount,
    }),
  )
}

export function impact(
  mac: string,
  link: DeviceImpact['link'],
  parts: Partial<DeviceImpact> = {},
): DeviceImpact {
  return {
    mac,
    model: 'yealink/t54w',
    company: 'A',
    urgency: 'reboot',
    reasons: ['a test'],
    restart: true,
    link,
    ...parts,
  }
}

/** Saves a fleet with every device of it linked. */
export async function link(store: Store, fleet: readonly Company[]): Promise<number> {
  const impacts = fleet.flatMap((one) =>
    one.lines.flatMap(({ equipment }) =>
      equipment?.mac === undefined
        ? []
        : [impact(equipment.mac, 'linked', { model: equipment.model, company: one.name })],
    ),
  )
  // Several lines may share a device.
  const devices = new Map(impacts.map((one) => [one.mac, one]))
  return save(store, [], fleet, [...devices.values()])
}

export function company(name: string, parts: Partial<Company> = {}): Company {
  return {
    name,
    locale: 'fr',
    timezone: 'Europe/Paris',
    deviceAccess: 'first-contact',
    sip: { domain: 'sip.example.net', transport: 'udp' },
    keyDuringCall: 'hold',
    userSettings: 'ignored',
    codes: defaultCodes,
    sites: [{ name: 'Grasse', pickupGroups: [] }],
    lines: [],
    ...parts,
  }
}

export function line(number: string, parts: Partial<Line> = {}): Line {
  return { number, kind: 'fixed', site: 'Grasse', keys: noKeys, ...parts }
}

/** Uses every field of the intent at least once, and leaves each optional one out at least once. */
export const richFleet: readonly Company[] = [
  company('Toine Immo', {
    locale: 'en',
    deviceAccess: 'open',
    openNetworks: ['10.0.0.0/8', 'fd00::/8'],
    sip: { domain: 'sip.example.net', proxy: 'edge.example.net', port: 5070, transport: 'tls' },
    keyDuringCall: 'transfer',
    userSettings: 'kept',
    codes: { groupPickup: '*8', directedPickup: '**', voicemail: '123' },
    quietHours: { from: '22:00', to: '05:00' },
    reboot: { by: 'asterisk', server: '127.0.0.1:5038', user: 'prov', password: 'Zq8-of-the-switch' },
    parameters: { yealink: { 'phone_setting.backlight_time': '0' }, 'polycom/vvx-450': { a: '', b: 'é"<&' } },
    sites: [
      {
        name: 'Nice',
        address: "1 Promenade des Anglais, l'étage",
        timezone: 'Europe/Monaco',
        pickupGroups: [
          { name: 'Zoé', members: ['+33483050175', '+33483050173'] },
          { name: 'Accueil', members: [] },
        ],
      },
      { name: 'Grasse', pickupGroups: [{ name: 'Accueil', members: ['+33483050190'] }] },
    ],
    lines: [
      line('+33483050175', {
        site: 'Nice',
        firstName: 'Stéphane',
        lastName: 'Biel',
        email: 'Stephane@Example.net',
        shortNumber: '1073',
        sip: { user: 'Own.User', password: 'Zq8-first-secret' },
        equipment: {
          model: 'polycom/vvx-450',
          mac: '64167fb269d6',
          port: 1,
          expansion: ['em50', 'em50'],
          parameters: { 'up.z': '1', 'up.a': '2' },
        },
        keys: {
          supervision: ['+33483050190', '+33483050173', '+33600000001'],
          shortcuts: [
            { number: '0613456782', label: 'Pierre Durand' },
            'interception',
            { number: '3899', label: 'Services "de" la ville' },
          ],
        },
      }),
      line('+33483050173', {
        site: 'Nice',
        sip: { password: 'Zq8-second-secret' },
        equipment: { model: 'yealink/t54w', port: 1, expansion: [] },
        keys: { supervision: ['+33483050175'], shortcuts: [] },
      }),
      line('+33483050190', {
        sip: { user: '33483050190' },
        equipment: { model: 'yealink/w60b', mac: '805ec0112233', port: 2, expansion: [] },
      }),
      line('+33483050199', {
        kind: 'analog',
        name: 'FAX MKT',
        equipment: { model: 'audiocodes/mp-202b', mac: '00908f000001', port: 1, use: 'fax', expansion: [] },
      }),
      line('+33600000001', { kind: 'mobile', name: 'Mobile' }),
    ],
  }),
  company('Autre', { deviceAccess: 'certificate', openNetworks: [], parameters: {}, sites: [] }),
  company('Banque', {
    reboot: { by: 'none' },
    lines: [
      line('+33187044093', {
        equipment: { model: 'yealink/w60b', mac: '805ec0445566', port: 1, expansion: [], parameters: {} },
      }),
    ],
  }),
]

/** A fleet of that many lines, each with a phone, a password and ten keys. */
export function largeFleet(count: number): Company {
  const number = (i: number): string => `+331${String(i % count).padStart(8, '0')}`
  return company('Grande', {
    lines: Array.from({ length: count }, (_, i) =>
      line(number(i), {
        firstName: `Prénom ${i}`,
        lastName: `Nom ${i}`,
        email: `person${i}@example.net`,
        sip: { password: `pass-word-${i}` },
        equipment: { model: 'yealink/t54w', mac: (0x805ec0000000 + i).toString(16), port: 1, expansion: [] },
        keys: {
          supervision: [1, 2, 3, 4, 5].map((step) => number(i + step)),
          shortcuts: [1, 2, 3, 4, 5].map((n) => ({ number: `06000000${n}0`, label: `Contact ${n}` })),
        },
      }),
    ),
  })
}

const withoutNewer = `drop table recovery_code; drop table scope_place; drop table session;
    drop table sign_in_link; drop table sign_in_event; drop table guess; drop table token; drop table person;
    drop table import_job; drop table device_taken; drop table device_visits; drop table device_history; drop table replay;
    drop table hook_message; drop table reboot; drop table reboot_event; drop index line_short_number;
    drop index line_search; alter table line drop column folded_names;
    drop table key_layout; drop table company_deletion;
    alter table company drop column number_blocks; alter table line drop column internet_access;
    alter table company drop column reboot; alter table company drop column reboot_password;`

/** A database as the first migration leaves it, from one that is up to date and closed. */
export function backToVersion1(folder: string): void {
  change(
    folder,
    `drop table device; drop table delivery; drop table discovered;
    ${withoutNewer}
    drop index change_device_mac; drop index audit_change;
    update meta set value = '1' where name = 'schema-version'`,
  )
}

/** Everything on disk that could hold what was written. */
export async function rawBytes(folder: string): Promise<string> {
  const files = ['bootline.db', 'bootline.db-wal'].map((name) =>
    readFile(join(folder, name), 'latin1').catch(() => ''),
  )
  return (await Promise.all(files)).join('')
}

export function deferred(): { promise: Promise<void>; resolve: () => void } {
  let resolve = (): void => {}
  const promise = new Promise<void>((done) => {
    resolve = done
  })
  return { promise, resolve }
}
