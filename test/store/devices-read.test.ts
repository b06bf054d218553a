import { expect, test } from 'vitest'
import { displayName, noKeys, sipUser } from '../../src/domain/intent.ts'
import type { Store } from '../../src/store/store.ts'
import {
  company,
  impact,
  largeFleet,
  line,
  link,
  opened,
  operator,
  richFleet,
  save,
  temporaryFolder,
} from './support.ts'

async function rich(): Promise<Store> {
  const store = await opened({ folder: await temporaryFolder() })
  await link(store, richFleet)
  return store
}

const biel = '64167fb269d6'

test('a device comes with all its files depend on', async () => {
  const store = await rich()
  const [record] = await store.devices.readDevices([biel])
  const [fleet] = richFleet
  const { sites, lines, reboot: { password, ...reboot } = { by: 'sip' }, ...settings } = fleet ?? company('')
  // What the company's devices are told by is nobody's to render.
  expect(record?.company).toStrictEqual({ ...settings, reboot })
  expect(password).toBeDefined()
  expect(record?.site).toStrictEqual({ name: 'Nice', timezone: 'Europe/Monaco' })
  expect(record?.lines).toStrictEqual(lines.slice(0, 1))
  expect(record?.state).toEqual(await store.devices.deviceState(biel))
  expect(record?.watched.map((other) => [other.number, displayName(other), sipUser(other)])).toEqual([
    ['+33483050190', '+33483050190', '33483050190'],
    ['+33483050173', '+33483050173', '33483050173'],
    ['+33600000001', 'Mobile', '33600000001'],
  ])
})

test('supervised lines bring no secrets, no equipment and no keys', async () => {
  const store = await rich()
  const [record] = await store.devices.readDevices([biel])
  const watched = record?.watched.find((other) => other.number === '+33483050173')
  expect(watched).toStrictEqual({ number: '+33483050173', kind: 'fixed', site: 'Nice', keys: noKeys })
  expect(JSON.stringify(record)).toContain('Zq8-first-secret')
  expect(JSON.stringify(record)).not.toContain('Zq8-second-secret')
})

test('lines of one device come ascending by port, whatever their age', async () => {
  const store = await opened({ folder: await temporaryFolder() })
  const handset = (number: string, port: number) =>
    line(number, { equipment: { model: 'yealink/w60b', mac: '805ec0112233', port, expansion: [] } })
  const base = company('A', { lines: [handset('+3310', 8), handset('+3320', 1), handset('+3330', 3)] })
  await save(store, [], [base], [impact('805ec0112233', 'linked')])
  const [record] = await store.devices.readDevices(['805ec0112233'])
  expect(record?.lines.map((one) => one.equipment?.port)).toEqual([1, 3, 8])
})

test('devices come in the order asked for, each once, unknown ones not at all', async () => {
  const store = await rich()
  const macs = ['805ec0445566', 'unknown', biel, '805ec0445566']
  const records = await store.devices.readDevices(macs)
  expect(records.map(({ state }) => state.mac)).toEqual(['805ec0445566', biel])
  expect(await store.devices.readDevices([])).toEqual([])
})

test('an unlinked device has no lines, and no company once that is gone', async () => {
  const store = await rich()
  const bank = richFleet.filter((one) => one.name === 'Banque')
  const gone = impact('805ec0445566', 'unlinked', { company: 'Banque' })
  const empty = bank.map((one) => ({ ...one, lines: [] }))
  await save(store, bank, empty, [gone])
  const [neutral] = await store.devices.readDevices(['805ec0445566'])
  expect(neutral).toMatchObject({ company: { name: 'Banque' }, lines: [], watched: [] })
  expect(neutral).not.toHaveProperty('site')
  await save(store, empty, [])
  const [homeless] = await store.devices.readDevices(['805ec0445566'])
  expect(homeless?.state).toMatchObject({
    state: 'neutral',
    company: expect.stringMatching(/^Banque \(removed \d{4}-\d\d-\d\d\)$/),
  })
  expect(homeless).not.toHaveProperty('company')
})

test('pages walk over every device once, those with their states as well', async () => {
  const store = await opened({ folder: await temporaryFolder() })
  const large = largeFleet(1203)
  await link(store, [large, ...richFleet])
  const walked: string[] = []
  const states: string[] = []
  for (let page = await store.devices.devicePage(undefined, 250); page.length > 0; ) {
    walked.push(...page)
    page = await store.devices.devicePage(page.at(-1), 250)
  }
  const query = { company: 'Grande', limit: 500 }
  for (let page = await store.devices.deviceStates(query); page.length > 0; ) {
    states.push(...page.map(({ mac }) => mac))
    page = await store.devices.deviceStates({ ...query, after: String(states.at(-1)) })
  }
  const own = large.lines.map((one) => String(one.equipment?.mac))
  expect(states).toEqual(own.toSorted())
  expect(walked).toEqual([...own, '00908f000001', biel, '805ec0112233', '805ec0445566'].toSorted())
  expect(JSON.stringify(await store.devices.deviceStates({ limit: 1 }))).not.toContain('account')
})

test('what changed since a generation is named once, and then no more', async () => {
  const store = await rich()
  const kept = (...macs: string[]) => macs.map((mac) => impact(mac, 'kept', { company: 'Toine Immo' }))
  const start = await store.devices.changedSince(0)
  expect(start.generation).toBe(1)
  expect(start.macs).toHaveLength(4)
  await save(store, [], [], kept(biel))
  await save(store, [], [], kept(biel, '805ec0112233'))
  expect(await store.devices.changedSince(1)).toEqual({ generation: 3, macs: [biel, '805ec0112233'] })
  expect(await store.devices.changedSince(2)).toEqual({ generation: 3, macs: [biel, '805ec0112233'] })
  expect(await store.devices.changedSince(3)).toEqual({ generation: 3, macs: [] })
})

test('who may have the files concerns every device of the company, though no file differs', async () => {
  const store = await rich()
  const bank = richFleet.filter((one) => one.name === 'Banque')
  await save(
    store,
    bank,
    bank.map((one) => ({ ...one, deviceAccess: 'certificate' as const })),
  )
  expect(await store.devices.changedSince(1)).toEqual({ generation: 2, macs: ['805ec0445566'] })
})

test('one company that is not open guards them all', async () => {
  const store = await opened({ folder: await temporaryFolder() })
  expect(await store.devices.anyGuarded()).toBe(false)
  const open = company('A', { deviceAccess: 'open' })
  await save(store, [], [open])
  expect(await store.devices.anyGuarded()).toBe(false)
  await save(store, [], [company('B')])
  expect(await store.devices.anyGuarded()).toBe(true)
})

test('within a write nothing of it is seen outside', async () => {
  const store = await rich()
  await store.write(operator, async (w) => {
    await w.saveDiff([], [impact(biel, 'unlinked', { company: 'Toine Immo' })], {
      summary: 's',
      passwordOrigin: () => 'server',
      makeAccount: () => ({ user: 'u', password: 'p' }),
    })
    expect(await store.devices.deviceState(biel)).toMatchObject({ state: 'linked' })
    expect((await store.devices.changedSince(1)).macs).toEqual([])
  })
  expect(await store.devices.deviceState(biel)).toMatchObject({ state: 'neutral' })
})
