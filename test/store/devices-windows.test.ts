import { expect, test } from 'vitest'
import { openWindow, windowTimes } from '../../src/domain/window.ts'
import { makeDeviceAccount } from '../../src/fleet/passwords.ts'
import type { Store } from '../../src/store/store.ts'
import { company, impact, opened, save, temporaryFolder } from './support.ts'

const mac = '805ec0112233'
const here = '192.0.2.7'
const elsewhere = '198.51.100.9'
const manager = { name: 'ana', source: 'portal' }

async function linked(folder?: string): Promise<Store> {
  const store = await opened({ folder: folder ?? (await temporaryFolder()), now: () => 100 })
  await save(store, [], [company('A')], [impact(mac, 'linked')])
  return store
}

async function windowOf(store: Store) {
  return (await store.devices.deviceState(mac))?.window
}

test('of two sources that come at once through two processes exactly one gets in', async () => {
  const folder = await temporaryFolder()
  const one = await linked(folder)
  const two = await opened({ folder })
  for (let round = 0; round < 20; round++) {
    await one.devices.openDeviceWindow(mac, { ...manager, at: 100 + round }, makeDeviceAccount)
    const won = await Promise.all([
      one.devices.bindWindow(mac, here, 200),
      two.devices.bindWindow(mac, elsewhere, 200),
      two.devices.bindWindow(mac, here, 200),
      one.devices.bindWindow(mac, elsewhere, 200),
    ])
    const [first] = won
    expect(won).toEqual([first, !first, first, !first])
    expect(await windowOf(two)).toMatchObject({ source: first ? here : elsewhere, firstContactAt: 200 })
  }
})

test('the same source comes again, until its time is over', async () => {
  const store = await linked()
  expect(await store.devices.bindWindow(mac, here, 200)).toBe(true)
  const bound = { ...openWindow(100), source: here, firstContactAt: 200 }
  const end = 200 + windowTimes.afterContact
  expect(await store.devices.bindWindow(mac, here, end - 1)).toBe(true)
  expect(await store.devices.bindWindow(mac, elsewhere, 201)).toBe(false)
  expect(await store.devices.bindWindow(mac, here, end)).toBe(false)
  expect(await windowOf(store)).toEqual(bound)
})

test('a window that expired, was never opened, or is bound beforehand lets nobody else in', async () => {
  const store = await linked()
  expect(await store.devices.bindWindow(mac, here, 100 + windowTimes.open)).toBe(false)
  expect(await windowOf(store)).toEqual(openWindow(100))
  expect(await store.devices.bindWindow('unknown', here, 200)).toBe(false)
  await store.devices.closeWindow(mac, 300)
  expect(await store.devices.bindWindow(mac, here, 301)).toBe(false)
  expect(await windowOf(store)).toBeUndefined()
})

test('an unlinked device is awaited at its last address alone, and its window does not close', async () => {
  const store = await linked()
  const request = { name: 'f', kind: 'device', transport: 'http', method: 'GET', status: 200, bytes: 1 }
  await store.devices.recordDeliveries([{ ...request, mac, at: 150, complete: true, source: here }])
  await save(store, [], [], [impact(mac, 'unlinked')])
  expect(await store.devices.bindWindow(mac, elsewhere, 200)).toBe(false)
  expect(await store.devices.bindWindow(mac, here, 200)).toBe(true)
  await store.devices.closeWindow(mac, 300)
  expect(await windowOf(store)).toMatchObject({ source: here, firstContactAt: 200 })
})

test('closing does not reach a window that was opened since', async () => {
  const store = await linked()
  await store.devices.openDeviceWindow(mac, { ...manager, at: 500 }, makeDeviceAccount)
  await store.devices.closeWindow(mac, 499)
  expect(await windowOf(store)).toEqual(openWindow(500))
  await store.devices.closeWindow(mac, 500)
  expect(await windowOf(store)).toBeUndefined()
})

test('a manager lets a device in anew: unbound, with another account, and on the record', async () => {
  const store = await linked()
  await store.devices.bindWindow(mac, here, 200)
  await store.devices.saveRevisions([{ mac, revision: 'r1', at: 200 }])
  const before = await store.devices.deviceState(mac)
  const generation = await store.devices.openDeviceWindow(mac, { ...manager, at: 500 }, makeDeviceAccount)
  expect(generation).toBe(2)
  expect(await store.generation()).toBe(2)
  expect(await store.devices.changedSince(1)).toEqual({ generation: 2, macs: [mac] })
  const after = await store.devices.deviceState(mac)
  expect(after?.window).toEqual(openWindow(500))
  expect(after).toMatchObject({ state: 'linked', generation: 2 })
  expect(after).not.toHaveProperty('revision')
  expect(after?.account?.user).not.toBe(before?.account?.user)
  expect(await store.devices.deviceByAccount(String(before?.account?.user))).toBeUndefined()
  const [entry] = await store.recentAudit(1)
  expect(entry).toEqual({
    id: 3,
    change: 2,
    at: 500,
    who: 'ana',
    source: 'portal',
    what: 'device',
    company: 'A',
    subject: mac,
    action: 'changed',
    after: { window: 'opened', account: 'changed' },
  })
})

test('an unlinked device can be let in anew without getting an account; an unknown one changes nothing', async () => {
  const store = await linked()
  await save(store, [], [], [impact(mac, 'unlinked')])
  await store.devices.openDeviceWindow(mac, { ...manager, at: 500 }, makeDeviceAccount)
  const state = await store.devices.deviceState(mac)
  expect(state).toMatchObject({ state: 'neutral', window: openWindow(500), generation: 3 })
  expect(state).not.toHaveProperty('account')
  const unknown = store.devices.openDeviceWindow('unknown', { ...manager, at: 1 }, makeDeviceAccount)
  expect(await unknown).toBeUndefined()
  expect(await store.generation()).toBe(3)
})
