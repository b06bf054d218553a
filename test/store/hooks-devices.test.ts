import { expect, test } from 'vitest'
import type { DeliveryRecord, Discovery } from '../../src/store/devices.ts'
import type { Store } from '../../src/store/store.ts'
import { company, impact, line, link, opened, save, temporaryFolder } from './support.ts'

const mac = '805ec0aa0001'
const spare = '805ec0aa0002'
const equipment = { model: 'yealink/t54w', mac, port: 1, expansion: [] }
const plain = line('+33483050173')
const number = plain.number

/** A store that tells, with one linked device, at minutes of a day. */
async function telling(messages = true) {
  let minute = 1
  const store = await opened({ folder: await temporaryFolder(), messages, now: () => minute * 60_000 })
  const before = [company('A', { lines: [{ ...plain, equipment }] })]
  await link(store, before)
  await taken(store)
  const record = (parts: Partial<DeliveryRecord> = {}): DeliveryRecord => ({
    at: ++minute * 60_000,
    mac,
    name: `${mac}.cfg`,
    kind: 'device',
    transport: 'http',
    method: 'GET',
    status: 200,
    bytes: 10,
    complete: true,
    source: '192.0.2.7',
    ...parts,
  })
  const refused = (why: string) => record({ status: 401, complete: false, why })
  return { store, before, record, refused, deliver: store.devices.recordDeliveries }
}

/** What waits, and is taken from the queue: types with what they tell. */
async function taken(store: Store): Promise<readonly (readonly [string, unknown])[]> {
  const told: [string, unknown][] = []
  for (;;) {
    const [message] = await store.hooks.take(Number.MAX_SAFE_INTEGER, 1, 0)
    if (!message) return told
    if (message.type !== 'accounts.changed') told.push([message.type, message.data])
    await store.hooks.remove(message.id)
  }
}

const device = { mac, model: 'yealink/t54w', company: 'A' }

test('a device is told of when it comes for the first time, and when it has its files, once each', async () => {
  const { store, record, deliver } = await telling()
  await store.devices.saveRevisions([{ mac, revision: 'r1', at: 1 }])
  await deliver([record(), record({ completes: 'r1', revision: 'r1' })])
  await deliver([record({ completes: 'r1', revision: 'r1' })])
  expect(await taken(store)).toEqual([
    ['device.first-contact', { ...device, source: '192.0.2.7' }],
    ['device.in-sync', { ...device, revision: 'r1' }],
  ])
})

test('a revision that is not the wanted one any more is no news', async () => {
  const { store, record, deliver } = await telling()
  await store.devices.saveRevisions([{ mac, revision: 'r2', at: 1 }])
  await deliver([record({ completes: 'r1', revision: 'r1' })])
  expect((await taken(store)).map(([type]) => type)).toEqual(['device.first-contact'])
})

test('a device that is turned away is told of once, until it has had a file again', async () => {
  const { store, record, refused, deliver } = await telling()
  const away = (why: string) => ['device.turned-away', { ...device, source: '192.0.2.7', why }]
  await deliver([record()])
  await taken(store)
  await deliver([refused('credentials-wrong')])
  await deliver([refused('credentials-wrong'), refused('window-expired')])
  expect(await taken(store)).toEqual([away('credentials-wrong')])
  await deliver([record(), refused('credentials-needed'), refused('credentials-wrong')])
  expect(await taken(store)).toEqual([away('credentials-wrong')])
})

test('signing in is no refusal, and whoever says he is another device is not this one', async () => {
  const { store, record, refused, deliver } = await telling()
  await deliver([record()])
  await taken(store)
  await deliver([refused('credentials-needed')])
  await deliver([record(), refused('mac-mismatch'), record({ status: 404, why: 'absent' })])
  expect(await taken(store)).toEqual([])
})

test('a device nobody has linked is told of when it is listed, and a flood of them is bounded', async () => {
  const { store } = await telling()
  const found = (i: number): Discovery => ({
    at: 60_000,
    mac: `805ec0${i.toString(16).padStart(6, '0')}`,
    maker: 'yealink',
    source: '192.0.2.8',
    name: 'y.boot',
  })
  await store.devices.recordDiscovered([found(1), { ...found(1), model: 'yealink/t54w' }])
  await store.devices.recordDiscovered([found(1), { ...found(2), mac }])
  expect(await taken(store)).toEqual([
    [
      'device.discovered',
      { mac: '805ec0000001', maker: 'yealink', model: 'yealink/t54w', source: '192.0.2.8' },
    ],
  ])
  for (let i = 0; i < 3; i++)
    await store.devices.recordDiscovered(Array.from({ length: 150 }, (_, j) => found(100 + i * 150 + j)))
  expect(await taken(store)).toHaveLength(200)
})

test('lines that get, change and lose their device or their keys are told of, without what the keys are', async () => {
  const { store, before } = await telling()
  const keys = { supervision: [], shortcuts: [{ number: '0613456782', label: 'Pierre' }] }
  const keyed = [company('A', { lines: [{ ...plain, equipment, keys }] })]
  await save(store, before, keyed, [impact(mac, 'kept')])
  expect(await taken(store)).toEqual([['keys.changed', { company: 'A', lines: [{ number }] }]])
  const moved = [company('A', { lines: [{ ...plain, equipment: { ...equipment, mac: spare }, keys }] })]
  await save(store, keyed, moved, [impact(mac, 'unlinked'), impact(spare, 'linked')])
  const place = { number, model: 'yealink/t54w', port: 1 }
  expect(await taken(store)).toEqual([
    ['line.unlinked', { company: 'A', lines: [{ ...place, mac }] }],
    ['line.linked', { company: 'A', lines: [{ ...place, mac: spare }] }],
  ])
  await save(store, moved, [company('A', { lines: [plain] })], [impact(spare, 'unlinked')])
  expect((await taken(store)).map(([type]) => type)).toEqual(['line.unlinked', 'keys.changed'])
})

test('a device that was told again and again without coming is told of when it is given up', async () => {
  const { store } = await telling()
  await store.devices.saveRevisions([{ mac, revision: 'r1', at: 1 }])
  await store.reboots.order({ macs: [mac], dueAt: 1, who: 'ana', at: 1 })
  const [job] = await store.reboots.jobs({ mac, limit: 1 })
  expect(await store.reboots.claim(job?.id ?? 0, 'here', 90_000, 60_000)).toBe(true)
  const outcome = { told: true, dueAt: 1, attempts: 6, result: 'silent', detail: 'no answer', at: 70_000 }
  expect(await store.reboots.settle(job?.id ?? 0, 'other', { ...outcome, state: 'given-up' })).toBe(false)
  expect(await store.reboots.settle(job?.id ?? 0, 'here', { ...outcome, state: 'given-up' })).toBe(true)
  expect(await taken(store)).toEqual([
    ['reboot.given-up', { ...device, attempts: 6, result: 'silent', detail: 'no answer' }],
  ])
})

test('where nobody is told, nothing waits', async () => {
  const { store, record, deliver } = await telling(false)
  await deliver([record(), record({ status: 401, why: 'credentials-wrong' })])
  expect(await store.hooks.count()).toBe(0)
})
