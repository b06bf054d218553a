import { describe, expect, test } from 'vitest'
import type { Store } from '../../src/store/store.ts'
import {
  came,
  changed,
  fleet,
  heard,
  job,
  mac,
  noon,
  onDevice,
  other,
  rendered,
  settled,
  story,
  tell,
  ten,
} from './reboots-support.ts'
import { company, impact, save } from './support.ts'

const minute = 60_000
const minutes = (count: number): number => noon + count * minute

/** A store with a job that is due, its device's files rendered. */
async function queued(): Promise<Store> {
  const store = await settled()
  await changed(store)
  await rendered(store, 'r1')
  return store
}

const dueMacs = async (store: Store, now: number, limit = 100, perPlace = 100): Promise<readonly string[]> =>
  (await store.reboots.due(now, limit, perPlace)).map((one) => one.mac)

describe('what is due', () => {
  test('nothing before its files are rendered: the device would fetch the old ones', async () => {
    const store = await settled()
    await changed(store)
    expect(await dueMacs(store, minutes(1))).toEqual([])
    await rendered(store, 'r1')
    expect(await dueMacs(store, minutes(1))).toEqual([mac])
  })

  test('a rendering of how the device was before the change does not count', async () => {
    const store = await settled()
    const [{ state } = {}] = await store.devices.readDevices([mac])
    await changed(store)
    await store.devices.saveRevisions([{ mac, revision: 'r0', at: noon, generation: state?.generation ?? 0 }])
    expect(await store.reboots.confirm(noon)).toEqual([])
    expect((await store.devices.deviceState(mac))?.revision).toBeUndefined()
    const [{ state: now } = {}] = await store.devices.readDevices([mac])
    await store.devices.saveRevisions([{ mac, revision: 'r1', at: noon, generation: now?.generation ?? 0 }])
    expect((await store.devices.deviceState(mac))?.revision).toBe('r1')
  })

  test('nothing before its time, and what comes next', async () => {
    const store = await settled()
    await changed(store, { urgency: 'quiet-hours' })
    await rendered(store, 'r1')
    expect(await dueMacs(store, ten - 1)).toEqual([])
    expect(await store.reboots.nextDue(noon)).toBe(ten)
    expect(await dueMacs(store, ten)).toEqual([mac])
    expect(await store.reboots.nextDue(ten)).toBeUndefined()
  })

  test('an order at once, whatever the files', async () => {
    const store = await settled()
    expect(
      await store.reboots.order({ macs: [mac, 'unknown', mac], dueAt: noon, who: 'ana', at: noon }),
    ).toEqual([mac])
    expect(await dueMacs(store, noon)).toEqual([mac])
    expect(await job(store)).toMatchObject({ cause: 'order', restart: true, quiet: false })
  })

  test('nothing when the device has taken all by itself', async () => {
    const store = await queued()
    await came(store, 'r1')
    expect(await dueMacs(store, noon)).toEqual([])
  })

  test('orders first, quiet ones last, and a large site does not fill the list', async () => {
    const macs = Array.from({ length: 9 }, (_, i) => `805ec000010${i}`)
    const place = (i: number): string => (i < 6 ? 'Grasse' : 'Nice')
    const a = company('A', {
      sites: ['Grasse', 'Nice'].map((name) => ({ name, pickupGroups: [] })),
      lines: macs.map((each, i) => onDevice(`+336${i}`, each, { site: place(i) })),
    })
    const store = await settled([a])
    const kept = macs.map((each, i) => impact(each, 'kept', i === 6 ? { urgency: 'quiet-hours' } : {}))
    await save(store, [], [], kept)
    await rendered(store, 'r1', macs)
    await store.reboots.order({ macs: [String(macs[5])], dueAt: minutes(1), who: 'ana', at: noon })
    await store.reboots.order({ macs: [String(macs[4])], dueAt: noon, who: 'ana', at: noon })
    const found = await store.reboots.due(ten, 100, 3)
    // What was due at noon stays so when somebody asks for a restart a minute later.
    expect(found.map((one) => `${one.site} ${macs.indexOf(one.mac)}`)).toEqual([
      'Grasse 4',
      'Nice 7',
      'Grasse 5',
      'Nice 8',
      'Grasse 0',
      'Nice 6',
    ])
    expect((await store.reboots.due(ten, 2, 100)).map((one) => macs.indexOf(one.mac))).toEqual([4, 7])
  })
})

describe('who has a job in hand', () => {
  test('one of all that try, until its lease ends', async () => {
    const store = await queued()
    const id = (await job(store))?.id ?? 0
    const claim = (node: string, now: number): Promise<boolean> =>
      store.reboots.claim(id, node, now + 45_000, now)
    const tries = await Promise.all(['a', 'b', 'c'].map((node) => claim(node, noon)))
    expect(tries).toEqual([true, false, false])
    expect(await dueMacs(store, noon)).toEqual([])
    expect(await store.reboots.nextDue(noon)).toBe(noon + 45_000)
    expect(await claim('b', noon + 44_999)).toBe(false)
    expect(await dueMacs(store, noon + 45_000)).toEqual([mac])
    expect(await claim('b', noon + 45_000)).toBe(true)
    expect(await store.reboots.settle(id, 'a', heard)).toBe(false)
    expect(await store.reboots.settle(id, 'b', heard)).toBe(true)
    expect(await store.reboots.settle(id, 'b', heard)).toBe(false)
  })

  test('nobody, of one that is not due any more', async () => {
    const store = await queued()
    const [due] = await store.reboots.due(noon, 1, 1)
    const id = due?.id ?? 0
    await changed(store)
    expect(await store.reboots.claim(id, 'a', minutes(1), noon)).toBe(false)
    await rendered(store, 'r2')
    await store.reboots.reschedule([mac], minutes(5), 'ana', noon)
    expect(await store.reboots.claim(id, 'a', minutes(1), noon)).toBe(false)
    await store.reboots.cancel([mac], 'ana', noon)
    expect(await store.reboots.claim(id, 'a', minutes(10), minutes(9))).toBe(false)
  })

  test('a due job is put off by whoever looks at it, one in hand is not', async () => {
    const store = await queued()
    const id = (await job(store))?.id ?? 0
    expect(await store.reboots.postpone(id, ten, noon)).toBe(true)
    expect(await job(store)).toMatchObject({ state: 'waiting', dueAt: ten, attempts: 0 })
    expect(await store.reboots.postpone(id, ten, noon)).toBe(false)
    await store.reboots.claim(id, 'a', ten + minute, ten)
    expect(await store.reboots.postpone(id, ten + 2 * minute, ten)).toBe(false)
    expect(await store.reboots.postpone(id, ten + 2 * minute, ten + minute)).toBe(true)
    expect(await story(store)).toEqual(['queued'])
  })
})

describe('how a job ends', () => {
  test('told, seen, in sync, each with its time', async () => {
    const store = await queued()
    await tell(store, noon)
    expect(await job(store)).toMatchObject({ state: 'told', toldAt: noon, attempts: 1, lastResult: 'heard' })
    expect(await store.reboots.confirm(minutes(1))).toEqual([])
    await came(store, undefined, [mac], minutes(1))
    expect(await store.reboots.confirm(minutes(1) + 5)).toEqual([])
    await came(store, 'r1', [mac], minutes(2))
    expect(await store.reboots.confirm(minutes(2) + 5)).toEqual([{ mac, what: 'in-sync' }])
    expect(await store.reboots.confirm(minutes(3))).toEqual([])
    expect((await store.reboots.eventsOf(mac, 3)).map(({ what, at, detail }) => [what, at, detail])).toEqual([
      ['in-sync', minutes(2), 'revision r1'],
      ['seen', minutes(1), undefined],
      ['told', noon, '200 OK'],
    ])
    expect(await job(store)).toBeUndefined()
  })

  test('unchanged when the files turned out to be the same: nobody is woken', async () => {
    const store = await settled()
    await changed(store)
    expect(await store.reboots.confirm(noon)).toEqual([])
    await rendered(store, 'r0')
    expect(await dueMacs(store, noon)).toEqual([])
    expect(await store.reboots.confirm(noon)).toEqual([{ mac, what: 'unchanged' }])
    expect(await story(store)).toEqual(['queued', 'unchanged'])
  })

  test('in sync when the device came by itself before it was told', async () => {
    const store = await queued()
    await came(store, 'r1', [mac], minutes(1))
    expect(await store.reboots.confirm(minutes(1))).toEqual([{ mac, what: 'in-sync' }])
  })

  test('an old revision fetched again ends nothing', async () => {
    const store = await queued()
    await tell(store, noon)
    await came(store, 'r0', [mac], minutes(1))
    expect(await store.reboots.confirm(minutes(1))).toEqual([])
    expect(await dueMacs(store, minutes(2))).toEqual([mac])
  })

  test('an order ends when the device has fetched everything after it was told, not before', async () => {
    const store = await settled()
    await store.reboots.order({ macs: [mac], dueAt: noon, who: 'ana', at: noon })
    await came(store, 'r0', [mac], noon)
    expect(await store.reboots.confirm(noon)).toEqual([])
    await tell(store, minutes(1))
    expect(await store.reboots.confirm(minutes(1))).toEqual([])
    await came(store, 'r0', [mac], minutes(2))
    expect(await store.reboots.confirm(minutes(2))).toEqual([{ mac, what: 'in-sync' }])
  })

  test('an answer that was lost does not make a device restart twice', async () => {
    const store = await settled()
    await store.reboots.order({ macs: [mac], dueAt: noon, who: 'ana', at: noon })
    const [due] = await store.reboots.due(noon, 1, 1)
    await store.reboots.claim(due?.id ?? 0, 'node', noon + 45_000, noon)
    // It comes while its answer is still waited for.
    await came(store, 'r0', [mac], noon + 10_000)
    const silence = {
      ...heard,
      state: 'waiting',
      result: 'silent',
      dueAt: minutes(2),
      at: noon + 32_000,
    } as const
    await store.reboots.settle(due?.id ?? 0, 'node', silence)
    expect(await store.reboots.confirm(noon + 33_000)).toEqual([{ mac, what: 'in-sync' }])
  })

  test('an order for one that was told already asks for another restart', async () => {
    const store = await queued()
    await tell(store, noon)
    await store.reboots.order({ macs: [mac], dueAt: ten, who: 'ana', at: minutes(1) })
    expect(await job(store)).toMatchObject({ state: 'waiting', cause: 'order', dueAt: ten })
    await came(store, 'r1', [mac], minutes(2))
    expect(await store.reboots.confirm(minutes(2))).toEqual([])
  })

  test('given up: it waits for the device to come by itself, or for somebody to try again', async () => {
    const store = await queued()
    await tell(store, noon, { state: 'given-up', result: 'unwilling', detail: '489 Bad Event' })
    expect(await story(store)).toEqual(['queued', 'told', 'given-up'])
    expect(await dueMacs(store, minutes(10_000))).toEqual([])
    expect(await store.reboots.nextDue(noon)).toBeUndefined()
    expect(await store.reboots.reschedule([mac, other], minutes(3), 'ana', noon)).toEqual([mac])
    expect(await job(store)).toMatchObject({ state: 'waiting', attempts: 0, dueAt: minutes(3) })
    await tell(store, minutes(3), { state: 'given-up', told: false, detail: 'no way' })
    await came(store, 'r1', [mac], minutes(9))
    expect(await store.reboots.confirm(minutes(9))).toEqual([{ mac, what: 'in-sync' }])
    expect(await story(store)).toEqual([
      'queued',
      'told',
      'given-up',
      'retried',
      'given-up',
      'seen',
      'in-sync',
    ])
  })

  test('by the hand of somebody, who stands in the story', async () => {
    const store = await queued()
    expect(await store.reboots.cancel([mac, other], 'ben', minutes(1))).toEqual([mac])
    expect(await store.reboots.cancel([mac], 'ben', minutes(1))).toEqual([])
    expect(await store.reboots.eventsOf(mac, 1)).toEqual([
      { mac, at: minutes(1), what: 'cancelled', who: 'ben' },
    ])
  })
})

test('when somebody says when, quiet hours do not count any more', async () => {
  const store = await settled()
  await changed(store, { urgency: 'quiet-hours' })
  await rendered(store, 'r1')
  expect(await store.reboots.reschedule([mac], noon, 'ana', noon)).toEqual([mac])
  expect(await dueMacs(store, noon)).toEqual([mac])
  expect(await job(store)).toMatchObject({ quiet: false })
  expect(await store.reboots.eventsOf(mac, 1)).toEqual([
    { mac, at: noon, what: 'rescheduled', detail: 'due 2026-01-10T11:00:00.000Z', who: 'ana' },
  ])
})

test('the rate counts what was told and what is in hand, by place, after a restart too', async () => {
  const store = await settled([fleet, company('B', { lines: [onDevice('+3399', '805ec0000009')] })])
  await changed(store)
  await changed(store, { mac: other })
  await changed(store, { mac: '805ec0000009', company: 'B' })
  await rendered(store, 'r1', [mac, other, '805ec0000009'])
  await tell(store, noon)
  await tell(store, minutes(1), { told: false, state: 'given-up' })
  const [third] = await store.reboots.due(minutes(2), 1, 1)
  await store.reboots.claim(third?.id ?? 0, 'node', minutes(3), minutes(2))
  const sent = async (at: number) => (await store.reboots.sentSince(at)).map(({ place, at }) => [place, at])
  expect(await sent(noon)).toEqual([
    ['A / Grasse', noon],
    [third?.place, minutes(2)],
  ])
  expect(await sent(noon + 1)).toEqual([[third?.place, minutes(2)]])
  expect(await store.reboots.count()).toEqual({ waiting: 0, sending: 1, told: 1, 'given-up': 1 })
})

test('jobs are listed by what they belong to, page by page', async () => {
  const store = await settled()
  await changed(store)
  await changed(store, { mac: other, model: 'polycom/vvx-450' })
  const macs = async (query: object) =>
    (await store.reboots.jobs({ limit: 10, ...query })).map((one) => one.mac)
  expect(await macs({})).toEqual([mac, other])
  expect(await macs({ limit: 1 })).toEqual([mac])
  expect(await macs({ after: (await job(store))?.id })).toEqual([other])
  expect(await macs({ company: 'A', site: 'Grasse' })).toEqual([mac, other])
  expect(await macs({ company: 'B' })).toEqual([])
  expect(await macs({ site: 'Nice' })).toEqual([])
  expect(await macs({ model: 'polycom/vvx-450' })).toEqual([other])
})

test('old events go, newer ones stay', async () => {
  const store = await queued()
  await tell(store, minutes(1))
  expect(await store.reboots.pruneEvents(minutes(1))).toBe(1)
  expect(await story(store)).toEqual(['told'])
})
