import { expect, test } from 'vitest'
import type { DeliveryRecord } from '../../src/store/devices.ts'
import type { Store } from '../../src/store/store.ts'
import { company, impact, largeFleet, link, onServer, opened, save, temporaryFolder } from './support.ts'

const mac = '805ec0112233'

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

async function linked(): Promise<Store> {
  const store = await opened({ folder: await temporaryFolder(), now: () => 1 })
  await save(store, [], [company('A')], [impact(mac, 'linked')])
  return store
}

test('what was delivered is kept as it was, newest first', async () => {
  const store = await linked()
  const { mac: _, ...shared } = delivery(10, { name: '000000000000.cfg', kind: 'shared' })
  const refused = delivery(20, { status: 401, bytes: 0, complete: false, why: 'credentials-needed' })
  const whole = delivery(20, { revision: 'r1', userAgent: 'Yealink SIP-T54W', version: '96.86' })
  await store.devices.recordDeliveries([shared, refused, whole])
  await store.devices.recordDeliveries([delivery(5)])
  expect(await store.devices.recentDeliveries(9)).toEqual([whole, refused, shared, delivery(5)])
  const own = await store.devices.deliveriesOf(mac, 2)
  expect(own).toEqual([whole, refused])
})

test('a device is seen where it was given its files, and told by what it said of itself last', async () => {
  const store = await linked()
  await store.devices.recordDeliveries([
    delivery(10, { userAgent: 'Yealink', version: '1.0' }),
    delivery(20, { source: '192.0.2.8', version: '2.0' }),
    delivery(30, { source: '192.0.2.9' }),
  ])
  const seen = { firstSeenAt: 10, lastSource: '192.0.2.9', lastUserAgent: 'Yealink', lastVersion: '2.0' }
  expect(await store.devices.deviceState(mac)).toMatchObject({ ...seen, lastSeenAt: 30 })
  await store.devices.recordDeliveries([delivery(40, { source: '192.0.2.9' })])
  expect(await store.devices.deviceState(mac)).toMatchObject({ ...seen, lastSeenAt: 40 })
})

test.each([
  ['refused', { status: 401 }],
  ['given a file for everybody', { kind: 'shared' }],
])('who only claims to be the device, and is %s, is not taken for it', async (_, parts) => {
  const store = await linked()
  const before = await store.devices.deviceState(mac)
  await store.devices.recordDeliveries([delivery(10, { source: '203.0.113.66', ...parts })])
  expect(await store.devices.deviceState(mac)).toEqual(before)
})

test('a late batch undoes nothing that came after it', async () => {
  const store = await linked()
  await store.devices.recordDeliveries([delivery(50, { completes: 'r2', source: '192.0.2.8' })])
  await store.devices.recordDeliveries([delivery(40, { completes: 'r1' })])
  expect(await store.devices.deviceState(mac)).toMatchObject({
    lastSeenAt: 50,
    lastSource: '192.0.2.8',
    deliveredRevision: 'r2',
    deliveredAt: 50,
  })
})

test('a device has taken a revision when a record says that it completes it', async () => {
  const store = await linked()
  await store.devices.recordDeliveries([delivery(10, { revision: 'r1' })])
  expect(await store.devices.deviceState(mac)).not.toHaveProperty('deliveredRevision')
  await store.devices.recordDeliveries([
    delivery(20, { revision: 'r1', completes: 'r1' }),
    delivery(30, { revision: 'r2', completes: 'r2' }),
    delivery(40, { revision: 'r3' }),
  ])
  expect(await store.devices.deviceState(mac)).toMatchObject({ deliveredRevision: 'r2', deliveredAt: 30 })
})

test('what is told late in a batch does not undo what came after it', async () => {
  const store = await linked()
  await store.devices.recordDeliveries([
    delivery(40, { source: '10.0.0.4', completes: 'r2' }),
    delivery(30, { source: '10.0.0.3', version: '1.2.3', completes: 'r1' }),
  ])
  expect(await store.devices.deviceState(mac)).toMatchObject({
    firstSeenAt: 30,
    lastSeenAt: 40,
    lastSource: '10.0.0.4',
    lastVersion: '1.2.3',
    deliveredRevision: 'r2',
    deliveredAt: 40,
  })
})

test('a wanted revision keeps its time while it stays the same', async () => {
  const store = await linked()
  const wanted = async () => {
    const state = await store.devices.deviceState(mac)
    return [state?.revision, state?.revisionAt]
  }
  await store.devices.saveRevisions([{ mac, revision: 'r1', at: 10 }])
  await store.devices.saveRevisions([
    { mac, revision: 'r1', at: 20 },
    { mac: 'unknown', revision: 'r1', at: 20 },
  ])
  expect(await wanted()).toEqual(['r1', 10])
  await store.devices.saveRevisions([{ mac, revision: 'r2', at: 30 }])
  expect(await wanted()).toEqual(['r2', 30])
  expect(await store.devices.deviceState('unknown')).toBeUndefined()
})

test('a batch of thousands reaches every device of it, or none', async () => {
  const store = await opened({ folder: await temporaryFolder() })
  const large = largeFleet(1250)
  await link(store, [large])
  const macs = large.lines.map((one) => String(one.equipment?.mac))
  const batch = Array.from({ length: 5000 }, (_, i) =>
    delivery(i, { mac: String(macs[i % 1250]), ...(i >= 3750 ? { completes: `r${i}` } : {}) }),
  )
  const broken = [...batch, delivery(5000, { name: null as unknown as string })]
  await expect(store.devices.recordDeliveries(broken)).rejects.toThrow()
  expect(await store.devices.recentDeliveries(1)).toEqual([])
  await store.devices.recordDeliveries(batch)
  expect(await store.devices.recentDeliveries(9999)).toHaveLength(5000)
  const states = await store.devices.deviceStates({ limit: 9999 })
  expect(
    states.map(({ mac, ...state }) => [state.firstSeenAt, state.lastSeenAt, state.deliveredRevision]),
  ).toEqual(
    macs.toSorted().map((each) => {
      const i = macs.indexOf(each)
      return [i, 3750 + i, `r${3750 + i}`]
    }),
  )
})

test('old deliveries go, however many; the newer stay', async () => {
  const store = await linked()
  await store.devices.recordDeliveries(Array.from({ length: 12_000 }, (_, i) => delivery(i)))
  expect(await store.devices.pruneDeliveries(11_990)).toBe(11_990)
  const left = await store.devices.recentDeliveries(99)
  expect(left.map(({ at }) => at)).toEqual([9, 8, 7, 6, 5, 4, 3, 2, 1, 0].map((n) => 11_990 + n))
  expect(await store.devices.pruneDeliveries(11_990)).toBe(0)
})

// A file is one machine's: nobody else serves its devices.
if (onServer)
  test('files that a device took from two servers make it whole, of one revision and not of two', async () => {
    const store = await linked()
    const [one, other] = [`${mac}-lines.cfg`, `${mac}.cfg`]
    const given = (at: number, name: string, lacked: string, revision: string) =>
      store.devices.recordDeliveries([delivery(at, { name, revision, lacks: [lacked] })])
    await given(10, one.toUpperCase(), other, 'r1')
    await given(20, other, one, 'r2')
    expect((await store.devices.deviceState(mac))?.deliveredRevision).toBeUndefined()
    await given(30, one, other, 'r2')
    expect(await store.devices.deviceState(mac)).toMatchObject({ deliveredRevision: 'r2', deliveredAt: 30 })
  })
