import { expect, test } from 'vitest'
import { alarms } from '../../src/domain/alarms.ts'
import type { DeliveryRecord } from '../../src/store/devices.ts'
import { historyKept } from '../../src/store/devices-history.ts'
import type { Store } from '../../src/store/store.ts'
import { company, impact, largeFleet, link, opened, save, temporaryFolder } from './support.ts'

const mac = '805ec0112233'
const minute = 60_000
const hour = 60 * minute
/** Long after the window of a device that was linked at 1 is over. */
const now = 1000 * hour

function delivery(at: number, parts: Partial<DeliveryRecord> = {}): DeliveryRecord {
  return {
    at,
    mac,
    name: `${mac}.cfg`,
    kind: 'device',
    transport: 'https',
    method: 'GET',
    status: 200,
    bytes: 4711,
    complete: true,
    source: '192.0.2.7',
    ...parts,
  }
}

const refusal = (at: number, why = 'credentials-wrong') =>
  delivery(at, { status: 401, bytes: 0, complete: false, why })

async function linked(): Promise<Store> {
  const store = await opened({ folder: await temporaryFolder(), now: () => 1 })
  await save(store, [], [company('A')], [impact(mac, 'linked')])
  return store
}

async function condition({ devices }: Store) {
  const [one] = await devices.conditionsOf([mac, 'unknown'])
  return one
}

test('a device starts when it asks after a minute of silence, however its requests are written', async () => {
  const store = await linked()
  expect(await condition(store)).toMatchObject({ mac, starts: [] })
  await store.devices.recordDeliveries([delivery(now), delivery(now + 59_000)])
  await store.devices.recordDeliveries([delivery(now + 100_000)])
  await store.devices.recordDeliveries([
    delivery(now + 300_000),
    delivery(now + 170_000),
    delivery(now + 300_010),
  ])
  expect((await condition(store))?.starts).toEqual([now, now + 170_000, now + 300_000])
})

test('nobody starts by being refused, by sending something, or by a record that comes late', async () => {
  const store = await linked()
  await store.devices.recordDeliveries([delivery(now)])
  await store.devices.recordDeliveries([
    refusal(now + 2 * minute),
    delivery(now + 3 * minute, { kind: 'log', method: 'PUT' }),
    delivery(now - 5 * minute),
  ])
  expect((await condition(store))?.starts).toEqual([now])
})

test('refusals are counted until the device has a file, and those of strangers are not its own', async () => {
  const store = await linked()
  await store.devices.recordDeliveries([
    refusal(now, 'window-expired'),
    refusal(now + 1),
    delivery(now + 2, { status: 404, why: 'absent' }),
    refusal(now + 3, 'mac-mismatch'),
  ])
  await store.devices.recordDeliveries([refusal(now + 4)])
  expect((await condition(store))?.refusals).toEqual({ count: 3, at: now + 4, why: 'credentials-wrong' })
  await store.devices.recordDeliveries([refusal(now + 5), delivery(now + 6)])
  expect(await condition(store)).not.toHaveProperty('refusals')
  await store.devices.recordDeliveries([refusal(now + 3)])
  expect(await condition(store)).not.toHaveProperty('refusals')
})

test('another firmware is noted each time, another name when the device has not borne it before', async () => {
  const store = await linked()
  const loader = { userAgent: 'Updater' }
  const runs = (version: string) => ({ userAgent: `Phone ${version}`, version })
  await store.devices.recordDeliveries([delivery(1, runs('1.0')), delivery(2, loader)])
  await store.devices.recordDeliveries([delivery(3, runs('1.0')), delivery(4, runs('2.0'))])
  await store.devices.recordDeliveries([delivery(5, loader), delivery(6, runs('1.0')), delivery(7)])
  expect(await store.devices.historyOf(mac, 9)).toEqual([
    { mac, at: 6, what: 'firmware', before: '2.0', after: '1.0' },
    { mac, at: 4, what: 'user-agent', before: 'Phone 1.0', after: 'Phone 2.0' },
    { mac, at: 4, what: 'firmware', before: '1.0', after: '2.0' },
    { mac, at: 2, what: 'user-agent', before: 'Phone 1.0', after: 'Updater' },
  ])
  expect(await store.devices.historyOf(mac, 1)).toHaveLength(1)
})

test('a device that gives itself ever new names fills so much of its history and no more', async () => {
  const store = await linked()
  const names = Array.from({ length: historyKept + 20 }, (_, i) => delivery(i + 1, { userAgent: `n${i}` }))
  await store.devices.recordDeliveries(names)
  const history = await store.devices.historyOf(mac, 1000)
  expect(history).toHaveLength(historyKept)
  expect(history[0]).toMatchObject({ after: `n${historyKept + 19}` })
})

test('a device that is forgotten takes its visits with it', async () => {
  const store = await linked()
  await store.devices.recordDeliveries([delivery(1, { version: '1.0' }), delivery(2, { version: '2.0' })])
  await save(store, [company('A')], [company('A')], [impact(mac, 'unlinked')])
  expect(await store.devices.pruneDevices(now)).toEqual([mac])
  await save(store, [company('A')], [company('A')], [impact(mac, 'linked')])
  expect((await condition(store))?.starts).toEqual([])
  expect(await store.devices.historyOf(mac, 9)).toEqual([])
})

test('whoever may have an alarm is found among thousands, and nobody else is read', async () => {
  const store = await opened({ folder: await temporaryFolder(), now: () => 1 })
  const large = largeFleet(1250)
  await link(store, [large])
  const macs = large.lines.map((one) => String(one.equipment?.mac)).sort()
  const [loops = '', refused = '', stale = '', slow = '', missed = ''] = macs
  const calm = macs.filter((one) => one !== missed)
  await store.devices.saveRevisions(macs.map((each) => ({ mac: each, revision: 'r1', at: 10 })))
  await store.devices.recordDeliveries(calm.map((each) => delivery(20, { mac: each, completes: 'r1' })))
  await store.devices.saveRevisions([stale, slow].map((each) => ({ mac: each, revision: 'r2', at: 30 })))
  await store.devices.recordDeliveries([
    ...[7, 6, 5, 4, 3, 2, 1].map((n) => delivery(now - n * 2 * minute, { mac: loops })),
    { ...refusal(now - hour), mac: refused },
    delivery(now - 2 * hour, { mac: stale }),
    delivery(now - hour, { mac: stale }),
    delivery(now - hour, { mac: slow }),
  ])
  const suspects = await store.devices.suspects({ limit: 9999, now })
  expect(suspects.map((one) => [one.mac, alarms(one, now)])).toEqual([
    [loops, ['reboot-loop']],
    [refused, ['turned-away']],
    [stale, ['old-files']],
    [slow, []],
    [missed, ['never-seen']],
  ])
  expect(await store.devices.suspects({ limit: 2, after: refused, now })).toEqual(suspects.slice(2, 4))
  expect(await store.devices.suspects({ company: 'nobody', limit: 9, now })).toEqual([])
  const all = await store.devices.conditions({ limit: 9999 })
  expect(all.filter((one) => alarms(one, now).length > 0)).toHaveLength(4)
})
