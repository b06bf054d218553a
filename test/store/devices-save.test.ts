import { expect, test } from 'vitest'
import { openWindow } from '../../src/domain/window.ts'
import { makeDeviceAccount } from '../../src/fleet/passwords.ts'
import type { DeliveryRecord } from '../../src/store/devices.ts'
import {
  company,
  fileTest,
  impact,
  largeFleet,
  line,
  link,
  opened,
  rawBytes,
  save,
  temporaryFolder,
} from './support.ts'

const mac = '805ec0112233'
const equipped = (site: string, port = 1, number = '+3310') =>
  line(number, { site, equipment: { model: 'yealink/t54w', mac, port, expansion: [] } })
const sites = ['Grasse', 'Nice'].map((name) => ({ name, pickupGroups: [] }))
const linked = company('A', { sites, lines: [equipped('Grasse')] })
const moved = company('A', { sites, lines: [equipped('Nice')] })
const bare = company('A', { sites })

const fetched: DeliveryRecord = {
  at: 150,
  mac,
  name: `${mac}.cfg`,
  kind: 'device',
  transport: 'https',
  method: 'GET',
  status: 200,
  bytes: 9,
  complete: true,
  source: '192.0.2.7',
  completes: 'r1',
}

/** A store whose clock the test moves, with one linked device that has taken its files. */
async function lived() {
  const folder = await temporaryFolder()
  const clock = { at: 100 }
  const store = await opened({ folder, now: () => clock.at })
  await link(store, [linked])
  const first = await store.devices.deviceState(mac)
  await store.devices.saveRevisions([{ mac, revision: 'r1', at: 120 }])
  await store.devices.bindWindow(mac, '192.0.2.7', 150)
  await store.devices.recordDeliveries([fetched])
  clock.at = 200
  return { folder, store, clock, first, state: () => store.devices.deviceState(mac) }
}

test('a linked device gets an account, a window, and its place', async () => {
  const { first } = await lived()
  expect(first).toEqual({
    mac,
    model: 'yealink/t54w',
    company: 'A',
    site: 'Grasse',
    state: 'linked',
    linkedAt: 100,
    account: { user: expect.stringMatching(/^\w{24}$/), password: expect.stringMatching(/^\w{32}$/) },
    window: openWindow(100),
    generation: 1,
  })
})

test('a device that stays keeps its account and window; what it has to take is not known yet', async () => {
  const { store, first, state } = await lived()
  await save(store, [linked], [moved], [impact(mac, 'kept', { model: 'yealink/t57w' })])
  const { revision, ...kept } = { revision: undefined, ...(await state()) }
  expect(revision).toBeUndefined()
  expect(kept).toMatchObject({
    model: 'yealink/t57w',
    site: 'Nice',
    account: first?.account,
    window: { openedAt: 100, source: '192.0.2.7', firstContactAt: 150 },
    generation: 2,
    deliveredRevision: 'r1',
  })
})

test('a line that moves takes its device along, though its files stay the same', async () => {
  const { store, state } = await lived()
  const before = await state()
  await save(store, [linked], [moved])
  expect(await state()).toEqual({ ...before, site: 'Nice' })
})

test('the site is that of the first port', async () => {
  const { store, state } = await lived()
  const two = company('A', { sites, lines: [equipped('Grasse', 2), equipped('Nice', 1, '+3320')] })
  await save(store, [linked], [two])
  expect(await state()).toMatchObject({ site: 'Nice' })
})

test('unlinking kills the account and awaits the device where it was last seen', async () => {
  const { store, first, state } = await lived()
  await save(store, [linked], [bare], [impact(mac, 'unlinked')])
  expect(await state()).toEqual({
    mac,
    model: 'yealink/t54w',
    company: 'A',
    state: 'neutral',
    window: openWindow(200, '192.0.2.7'),
    generation: 2,
    firstSeenAt: 150,
    lastSeenAt: 150,
    lastSource: '192.0.2.7',
  })
  expect(await store.devices.deviceByAccount(String(first?.account?.user))).toBeUndefined()
  expect(await store.devices.deviceStates({ company: 'A', limit: 9 })).toHaveLength(1)
})

test.each([
  ['linked again', [bare] as const],
  ['moved in one change', [] as const],
])('a device %s is a new one: another account, an unbound window, nothing delivered', async (_, between) => {
  const { store, first, state } = await lived()
  for (const after of between) await save(store, [linked], [after], [impact(mac, 'unlinked')])
  const other = company('B', { lines: [equipped('Grasse', 1, '+3399')] })
  await save(
    store,
    between.length > 0 ? [bare] : [linked],
    [other],
    [impact(mac, 'linked', { company: 'B' })],
  )
  const now = await state()
  expect(now).toMatchObject({
    company: 'B',
    state: 'linked',
    generation: 2 + between.length,
    lastSeenAt: 150,
  })
  expect(now?.window).toEqual(openWindow(200))
  expect(now).not.toHaveProperty('deliveredRevision')
  expect(now?.account).toBeDefined()
  expect(now?.account?.user).not.toBe(first?.account?.user)
  expect(now?.account?.password).not.toBe(first?.account?.password)
  expect(await store.devices.deviceByAccount(String(first?.account?.user))).toBeUndefined()
})

test('an unlinked device is forgotten when its window is over, and goes on counting when it comes back', async () => {
  const { store, state } = await lived()
  await save(store, [linked], [bare], [impact(mac, 'unlinked')])
  const { expiresAt } = openWindow(200)
  expect(await store.devices.pruneDevices(expiresAt - 1)).toEqual([])
  expect(await store.devices.pruneDevices(expiresAt)).toEqual([mac])
  expect(await state()).toBeUndefined()
  await save(store, [bare], [linked], [impact(mac, 'linked')])
  expect(await state()).toMatchObject({ state: 'linked', generation: 3 })
  expect(await store.devices.pruneDevices(Number.MAX_SAFE_INTEGER)).toEqual([])
})

fileTest('an account is nowhere in the files but sealed, for its own device alone', async () => {
  const { folder, store, first, state } = await lived()
  const second = await store.devices.openDeviceWindow(
    mac,
    { name: 'a', source: 'cli', at: 1 },
    makeDeviceAccount,
  )
  expect(second).toBe(2)
  const raw = await rawBytes(folder)
  expect(raw).toContain(String(first?.account?.user))
  expect(raw).not.toContain(String(first?.account?.password))
  expect(raw).not.toContain(String((await state())?.account?.password))
})

test('a plan that fails leaves the devices as they were', async () => {
  const { store, state } = await lived()
  const before = await state()
  await expect(save(store, [company('Z')], [], [impact(mac, 'unlinked')])).rejects.toMatchObject({
    code: 'store-conflict',
  })
  expect(await state()).toEqual(before)
})

test('a fleet of thousands is linked and unlinked whole', async () => {
  const store = await opened({ folder: await temporaryFolder() })
  const large = largeFleet(1700)
  await link(store, [large])
  const users = new Set<string>()
  const macs = large.lines.map((one) => String(one.equipment?.mac))
  for (const { state } of await store.devices.readDevices(macs)) users.add(String(state.account?.user))
  expect(users.size).toBe(1700)
  await save(
    store,
    [large],
    [],
    macs.map((each) => impact(each, 'unlinked', { company: 'Grande' })),
  )
  expect(await store.devices.pruneDevices(Number.MAX_SAFE_INTEGER)).toHaveLength(1700)
})
