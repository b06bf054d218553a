import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { catalogue } from '../../src/devices/catalogue.ts'
import { applyEntries, applyPlanned } from '../../src/fleet/apply.ts'
import { carryOutDeletions, keepCompany, planDeletion, renameCompany } from '../../src/fleet/companies.ts'
import { readEntries } from '../../src/fleet/entries.ts'
import { FleetFailure } from '../../src/fleet/failure.ts'
import { type MoveBetween, planMove } from '../../src/fleet/moves.ts'
import type { Store } from '../../src/store/store.ts'
import { openStore } from '../store/databases.ts'

const who = { name: 'test', source: 'test' }
const mac = '64167f000001'
const base = '805ec0112233'
const number = (i: number) => `+334830501${String(i).padStart(2, '0')}`
const line = (i: number, fields: object = {}) => ({
  number: number(i),
  kind: 'fixed',
  site: 'Grasse',
  equipment: { model: 'polycom/vvx-450', mac: `64167f0000${String(i).padStart(2, '0')}` },
  ...fields,
})
const handset = (i: number, port: number) =>
  line(i, { equipment: { model: 'yealink/w60b', mac: base, port } })

const fleet = {
  companies: [
    {
      name: 'A',
      sip: { domain: 'a.example.net' },
      reboot: { by: 'asterisk', server: '127.0.0.1:5038', user: 'boot', password: 'Ami-Secret-1' },
      numberBlocks: [{ from: number(50), to: number(59) }],
      sites: [
        {
          name: 'Grasse',
          address: '1 rue du Four',
          pickupGroups: [{ name: 'Accueil', members: [number(1)] }],
        },
      ],
      lines: [
        line(1, { sip: { password: 'Given-1' }, keys: { supervision: [number(2), number(3)] } }),
        line(2, { keys: { supervision: [number(3), number(1)] } }),
        line(3),
        handset(10, 1),
        handset(11, 2),
        line(20, { internetAccess: 'FTTH 0042', equipment: null }),
        line(50, { equipment: null }),
        line(51, { equipment: null }),
      ],
    },
    { name: 'B', sip: { domain: 'b.example.net' }, sites: [{ name: 'Nice' }], lines: [] },
  ],
}

let folder: string
let store: Store

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bootline-companies-'))
  store = await openStore({ folder, now: () => 1000 })
  await applyEntries(store, readEntries(fleet), catalogue, { who, prune: false })
})
afterEach(async () => {
  await store.close()
  await rm(folder, { recursive: true })
})

const refused = async (work: Promise<unknown>) => {
  const error = await work.catch((error: unknown) => error)
  if (!(error instanceof FleetFailure)) throw new Error('nothing was refused')
  return error.problems.map(({ code, path }) => `${code} ${path}`)
}
const companyNamed = async (name: string) => (await store.readFleet({ companies: [name], secrets: true }))[0]

describe('renaming', () => {
  test('devices, passwords and history go along, and the old name is free', async () => {
    const before = await store.devices.deviceState(mac)
    const generation = await store.generation()
    await renameCompany(store, who, 'A', 'Alpha')
    expect(await companyNamed('A')).toBeUndefined()
    expect((await companyNamed('Alpha'))?.reboot?.password).toBe('Ami-Secret-1')
    expect(await store.devices.deviceState(mac)).toEqual({ ...before, company: 'Alpha' })
    expect((await store.devices.changedSince(generation)).macs).toContain(mac)
    expect((await store.reboots.jobs({ limit: 50 })).map(({ company }) => company)).not.toContain('A')
    expect(await store.findAudit({ companies: ['A'], limit: 9 })).toEqual([])
    const [newest] = await store.findAudit({ companies: ['Alpha'], limit: 1 })
    expect(newest).toMatchObject({ what: 'company', before: { name: 'A' }, after: { name: 'Alpha' } })
    const again = readEntries({ companies: [{ name: 'A', sip: { domain: 'new.example.net' } }] })
    await applyEntries(store, again, catalogue, { who, prune: false })
    expect((await companyNamed('A'))?.lines).toEqual([])
  })

  test('a name that is taken, empty or of nobody is refused; another case of its own is not', async () => {
    expect(await refused(renameCompany(store, who, 'A', 'b'))).toEqual(['name-taken name'])
    expect(await refused(renameCompany(store, who, 'A', ' '))).toEqual(['name-empty name'])
    await expect(renameCompany(store, who, 'Z', 'Y')).rejects.toMatchObject({ code: 'company-unknown' })
    await renameCompany(store, who, 'A', 'a')
    expect((await companyNamed('a'))?.lines).toHaveLength(8)
  })
})

describe('deletion', () => {
  const hour = 3_600_000

  test('an empty company goes on its day, and not before', async () => {
    await expect(planDeletion(store, who, 'A', { at: hour, now: 0 })).rejects.toMatchObject({
      code: 'company-in-use',
    })
    expect(await refused(planDeletion(store, who, 'B', { at: 0, now: 0 }))).toEqual(['deletion-time at'])
    await planDeletion(store, who, 'B', { at: hour, now: 0 })
    expect(await store.findCompanies({ names: ['B'], limit: 9 })).toMatchObject([{ deletion: hour }])
    expect(await carryOutDeletions(store, hour - 1)).toEqual({ deleted: [], kept: [] })
    expect(await carryOutDeletions(store, hour)).toEqual({ deleted: ['B'], kept: [] })
    expect(await companyNamed('B')).toBeUndefined()
  })

  test('one that is kept stays, and one that has lines by then', async () => {
    await planDeletion(store, who, 'B', { at: hour, now: 0 })
    await keepCompany(store, who, 'B', 1)
    expect(await carryOutDeletions(store, hour)).toEqual({ deleted: [], kept: [] })
    await expect(keepCompany(store, who, 'B', 1)).rejects.toMatchObject({ code: 'deletion-unknown' })
    await planDeletion(store, who, 'B', { at: hour, now: 0 })
    await move({ numbers: [number(3)] })
    expect(await carryOutDeletions(store, hour)).toEqual({ deleted: [], kept: ['B'] })
    expect(await store.deletionOf('B')).toBeUndefined()
    expect((await companyNamed('B'))?.lines).toHaveLength(1)
  })
})

const planned = (parts: Pick<MoveBetween, 'numbers'> & Partial<MoveBetween>) => (reader: Store) =>
  planMove(reader, { from: 'A', to: 'B', ...parts }, catalogue)
const move = (parts: Parameters<typeof planned>[0]) =>
  applyPlanned(store, (reader) => planned(parts)(reader as Store), { who })

describe('moving lines', () => {
  test('what would be lost is said by line and key, and nothing is done by saying it', async () => {
    const plan = await planned({ numbers: [number(1)] })(store)
    expect(plan.lost).toEqual({
      keys: [
        { line: number(1), key: 1, supervised: number(2) },
        { line: number(1), key: 2, supervised: number(3) },
        { line: number(2), key: 2, supervised: number(1) },
      ],
      memberships: [{ line: number(1), site: 'Grasse', group: 'Accueil' }],
    })
    expect(plan.impacts.map(({ mac, company, link, urgency }) => [mac, company, link, urgency])).toEqual([
      ['64167f000002', 'A', 'kept', 'reboot'],
      ['64167f000001', 'B', 'kept', 'reboot'],
    ])
    expect((await companyNamed('A'))?.lines).toHaveLength(8)
  })

  test('the line stays the same one: password, device account, window, id; the site comes along', async () => {
    const device = await store.devices.deviceState(mac)
    const account = await store.accounts.find('33483050101', 'a.example.net')
    await move({ numbers: [number(1), number(2)] })
    const b = await companyNamed('B')
    expect(b?.sites[1]).toEqual({ name: 'Grasse', address: '1 rue du Four', pickupGroups: [] })
    expect(b?.lines.map(({ number, site, keys }) => [number, site, keys.supervision])).toEqual([
      [number(1), 'Grasse', [number(2)]],
      [number(2), 'Grasse', [number(1)]],
    ])
    expect(b?.lines[0]?.sip?.password).toBe('Given-1')
    expect(await store.passwordOrigins([number(1), number(2)])).toEqual(
      new Map([
        [number(1), 'operator'],
        [number(2), 'server'],
      ]),
    )
    const now = await store.devices.deviceState(mac)
    expect(now).toMatchObject({ company: 'B', account: device?.account, window: device?.window })
    const moved = await store.accounts.find('33483050101', 'b.example.net')
    expect(moved?.id).toBe(account?.id)
    expect((await companyNamed('A'))?.sites[0]?.pickupGroups).toEqual([{ name: 'Accueil', members: [] }])
  })

  test('a block goes whole and with its lines, a device with all of its own, to the site named', async () => {
    expect(await refused(move({ numbers: [number(50)] }))).toEqual(['block-split lines[0]'])
    expect(await refused(move({ numbers: [number(3), number(11)] }))).toEqual(['device-split lines[1]'])
    const plan = await move({ numbers: [50, 51, 10, 11].map(number), site: 'Nice' })
    expect(plan.blocks).toEqual([{ from: number(50), to: number(59) }])
    expect((await companyNamed('A'))?.numberBlocks).toBeUndefined()
    const b = await companyNamed('B')
    expect(b?.numberBlocks).toEqual([{ from: number(50), to: number(59) }])
    expect(b?.lines.map(({ site }) => site)).toEqual(['Nice', 'Nice', 'Nice', 'Nice'])
    expect(await store.devices.deviceState(base)).toMatchObject({ company: 'B', site: 'Nice' })
  })

  test('what cannot leave stays, all of it', async () => {
    expect(await refused(move({ numbers: [number(3), number(20)] }))).toEqual(['line-bound lines[1]'])
    expect(await refused(move({ numbers: ['+33999999999'] }))).toEqual(['line-elsewhere lines[0]'])
    expect(await refused(move({ numbers: [number(3)], to: 'A' }))).toEqual(['move-nowhere to'])
    const unknown = move({ numbers: [number(3)], to: 'Z' })
    await expect(unknown).rejects.toMatchObject({ code: 'company-unknown' })
    const [a, b] = fleet.companies
    const lines = a?.lines.filter((one) => one.number === number(20))
    const whole = [
      { ...a, lines: a?.lines.filter((one) => one.number !== number(20)) },
      { ...b, lines },
    ]
    const file = readEntries({ companies: whole.map((one) => ({ ...one, sites: a?.sites })) })
    const problems = await refused(applyEntries(store, file, catalogue, { who, prune: true }))
    expect(problems).toContain('line-bound companies[1].lines[0]')
    expect((await companyNamed('B'))?.lines).toEqual([])
  })
})
