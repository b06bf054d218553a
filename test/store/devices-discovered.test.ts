import { expect, test } from 'vitest'
import type { Discovery } from '../../src/store/devices.ts'
import { discoveredLimit } from '../../src/store/devices-discovered.ts'
import { company, impact, opened, save, temporaryFolder } from './support.ts'

function discovery(at: number, mac: string, parts: Partial<Discovery> = {}): Discovery {
  return { at, mac, maker: 'yealink', source: '192.0.2.7', name: `${mac}.cfg`, ...parts }
}

test('a device is listed with its latest request and all that any of them told', async () => {
  const store = await opened({ folder: await temporaryFolder() })
  await store.devices.recordDiscovered([
    discovery(10, 'aa', { model: 'yealink/t54w', version: '1.0', userAgent: 'Yealink 1' }),
    discovery(20, 'bb'),
    discovery(30, 'aa', { version: '2.0', name: 'y000000000096.cfg' }),
  ])
  await store.devices.recordDiscovered([discovery(40, 'aa', { source: '192.0.2.8' })])
  expect(await store.devices.discoveredDevices({ limit: 9 })).toEqual([
    {
      mac: 'aa',
      maker: 'yealink',
      model: 'yealink/t54w',
      version: '2.0',
      userAgent: 'Yealink 1',
      source: '192.0.2.8',
      name: 'aa.cfg',
      firstAt: 10,
      lastAt: 40,
      count: 3,
    },
    { ...discoveredOnce('bb', 20) },
  ])
  expect(await store.devices.discoveredDevices({ limit: 1 })).toHaveLength(1)
  await store.devices.forgetDiscovered(['aa', 'unknown'])
  expect(await store.devices.discoveredDevices({ limit: 9 })).toEqual([discoveredOnce('bb', 20)])
})

function discoveredOnce(mac: string, at: number): object {
  const { at: _, ...rest } = discovery(at, mac)
  return { ...rest, firstAt: at, lastAt: at, count: 1 }
}

test('invented addresses without end leave the latest ones, and no more', async () => {
  const store = await opened({ folder: await temporaryFolder() })
  const flood = Array.from({ length: 20_000 }, (_, i) => discovery(i, i.toString(16).padStart(12, '0')))
  for (let start = 0; start < flood.length; start += 800) {
    await store.devices.recordDiscovered(flood.slice(start, start + 800))
  }
  const left = await store.devices.discoveredDevices({ limit: 99_999 })
  expect(left).toHaveLength(discoveredLimit)
  expect(left.map(({ lastAt }) => lastAt)).toEqual(left.map((_, i) => 19_999 - i))
  await store.devices.recordDiscovered(flood.map((one) => ({ ...one, at: one.at + 20_000 })))
  const again = await store.devices.discoveredDevices({ limit: 99_999 })
  expect(again).toHaveLength(discoveredLimit)
  expect(again.map(({ lastAt, count }) => [lastAt, count])).toEqual(left.map((_, i) => [39_999 - i, 2]))
})

test('a device that is linked is discovered no more, not even by a record that comes late', async () => {
  const store = await opened({ folder: await temporaryFolder() })
  await store.devices.recordDiscovered([discovery(1, 'aa'), discovery(1, 'bb')])
  const listed = async () => (await store.devices.discoveredDevices({ limit: 9 })).map(({ mac }) => mac)
  await save(store, [], [company('A')], [impact('aa', 'linked')])
  expect(await listed()).toEqual(['bb'])
  await store.devices.recordDiscovered([discovery(2, 'aa'), discovery(2, 'bb')])
  expect(await listed()).toEqual(['bb'])
})
