import { expect, test } from 'vitest'
import { type Company, noKeys } from '../../src/domain/intent.ts'
import {
  came,
  changed,
  fleet,
  heard,
  job,
  mac,
  noon,
  number,
  onDevice,
  other,
  rendered,
  settled,
  story,
  tell,
  ten,
} from './reboots-support.ts'
import { company, impact, line, opened, rawBytes, save, temporaryFolder } from './support.ts'

test('a change puts its devices into the queue with it, and those that never came not', async () => {
  const store = await settled()
  const never = '805ec0000003'
  await save(store, [], [], [impact(mac, 'kept'), impact(never, 'linked'), impact(other, 'kept')])
  const jobs = await store.reboots.jobs({ limit: 10 })
  expect(jobs.map((one) => one.mac)).toEqual([mac, other])
  expect(jobs[0]).toEqual({
    id: 1,
    mac,
    model: 'yealink/t54w',
    company: 'A',
    site: 'Grasse',
    place: 'A / Grasse',
    state: 'waiting',
    cause: 'change',
    reasons: ['a test'],
    restart: true,
    quiet: false,
    who: 'ana',
    queuedAt: noon,
    dueAt: noon,
    attempts: 0,
  })
  expect(await story(store)).toEqual(['queued'])
})

test('a change that fails leaves nothing in the queue', async () => {
  const store = await settled()
  const twice = [impact(mac, 'kept'), impact(mac, 'kept')]
  await expect(save(store, [], [], twice)).rejects.toMatchObject({ code: 'store-conflict' })
  expect(await store.reboots.jobs({ limit: 10 })).toEqual([])
  expect(await story(store)).toEqual([])
})

test.each([
  ['ten in the evening where nothing is said', {}, ten],
  ['when its company says', { quietHours: { from: '13:30', to: '14:00' } }, noon + 90 * 60_000],
  ['by the clock of its company', { timezone: 'Asia/Kolkata' }, Date.UTC(2026, 0, 10, 16, 30)],
  [
    'by the clock of its site first',
    { timezone: 'Asia/Kolkata', sites: [{ name: 'Grasse', timezone: 'Europe/Paris', pickupGroups: [] }] },
    ten,
  ],
  ['now when it is quiet already', { quietHours: { from: '11:00', to: '13:00' } }, noon],
] satisfies [string, Partial<Company>, number][])(
  'texts wait until the quiet hours: %s',
  async (_, parts, due) => {
    const store = await settled([{ ...fleet, ...parts }])
    await changed(store, { urgency: 'quiet-hours', reasons: ['names on keys changed'] })
    expect(await job(store)).toMatchObject({ dueAt: due, quiet: true, restart: false })
  },
)

test('changes to one device are one job: all reasons once, the sooner time, the more of what is asked', async () => {
  const clock = { now: noon }
  const store = await settled([fleet], clock)
  await changed(store, { urgency: 'quiet-hours', reasons: ['language changed'] })
  clock.now = noon + 1
  await changed(store, { reasons: ['language changed', 'lines changed'], restart: true })
  clock.now = noon + 2
  await changed(store, { urgency: 'quiet-hours', reasons: ['names on keys changed'] })
  expect(await store.reboots.jobs({ limit: 10 })).toEqual([
    expect.objectContaining({
      id: 1,
      reasons: ['language changed', 'lines changed', 'names on keys changed'],
      restart: true,
      quiet: false,
      queuedAt: noon,
      dueAt: noon + 1,
    }),
  ])
  expect(await story(store)).toEqual(['queued', 'merged', 'merged'])
})

test('a change takes a job out of the hands that have it, and forgets what was tried', async () => {
  const store = await settled()
  await changed(store)
  await rendered(store, 'r1')
  const [due] = await store.reboots.due(noon, 1, 1)
  expect(await store.reboots.claim(due?.id ?? 0, 'node', noon + 45_000, noon)).toBe(true)
  await changed(store, { reasons: ['codes changed'] })
  expect(await store.reboots.settle(due?.id ?? 0, 'node', heard)).toBe(false)
  expect(await job(store)).toMatchObject({ state: 'waiting', attempts: 0, dueAt: noon })
  // It was told all the same, and its place's rate knows.
  expect(await story(store)).toEqual(['queued', 'merged', 'told'])
  expect(await store.reboots.sentSince(noon)).toEqual([{ place: 'A / Grasse', at: noon }])
})

test('a device that has heard is told of what comes later by the time it would be told again', async () => {
  const store = await settled()
  await changed(store)
  await rendered(store, 'r1')
  await tell(store, noon)
  await changed(store, { urgency: 'quiet-hours' })
  expect(await job(store)).toMatchObject({
    state: 'waiting',
    attempts: 0,
    quiet: false,
    dueAt: noon + 120_000,
  })
})

test('what a device has taken by the time of the next change is no reason any more', async () => {
  const store = await settled()
  await changed(store)
  await rendered(store, 'r1')
  await tell(store, noon)
  await came(store, 'r1', [mac], noon + 60_000)
  await changed(store, { urgency: 'quiet-hours', reasons: ['language changed'] })
  expect(await job(store)).toMatchObject({ reasons: ['language changed'], quiet: true, dueAt: ten })
  expect(await story(store)).toEqual(['queued', 'told', 'seen', 'in-sync', 'queued'])
})

test('an unlinked device is reached as it was, with the password its server will know', async () => {
  const folder = await temporaryFolder()
  const before = { ...fleet, reboot: { by: 'sip', user: 'prov', password: 'Zq8-prov' } } satisfies Company
  const store = await settled([before], undefined, folder)
  const unlinked = line(number, { sip: { password: 'Zq8-renewed' } })
  const after = { ...before, lines: [unlinked, ...before.lines.slice(1)] }
  await save(store, [before], [after], [impact(mac, 'unlinked')])
  expect(await job(store)).toMatchObject({ site: 'Grasse', place: 'A / Grasse', restart: true })
  const target = {
    mac,
    model: 'yealink/t54w',
    users: ['3310'],
    sip: fleet.sip,
    credentials: { user: '3310', password: 'Zq8-renewed' },
    reboot: before.reboot,
    timezone: 'Europe/Paris',
    address: '192.0.2.7',
  }
  expect(await store.reboots.target(mac)).toEqual(target)
  // Its company tells devices another way from now on.
  const direct = { ...after, reboot: { by: 'direct' } } satisfies Company
  await save(store, [after], [direct])
  expect(await store.reboots.target(mac)).toEqual({ ...target, reboot: { by: 'direct' } })
  expect(await rawBytes(folder)).not.toContain('Zq8-')
})

test('a device whose company goes is reached as it was', async () => {
  const store = await settled()
  await save(store, [fleet], [], [impact(mac, 'unlinked'), impact(other, 'unlinked')])
  expect(await store.reboots.target(mac)).toMatchObject({
    users: ['3310'],
    sip: fleet.sip,
    credentials: { user: '3310', password: `secret-${number}` },
    reboot: { by: 'sip' },
  })
})

test('a device is to be found under its old line, at its old server, until it has its new files', async () => {
  const store = await settled()
  const moved = {
    ...fleet,
    sip: { domain: 'new.example.net', transport: 'tls' },
    lines: [
      line(number, { sip: { password: `secret-${number}` } }),
      onDevice('+3320', other),
      onDevice('+3330', mac),
    ],
  } satisfies Company
  await save(store, [fleet], [moved], [impact(mac, 'kept'), impact(other, 'kept')])
  expect(await store.reboots.target(mac)).toMatchObject({ users: ['3310'], sip: fleet.sip })
  expect(await store.reboots.target(other)).toMatchObject({ users: ['3320'], sip: fleet.sip })
  // A change on top of that does not make the device forget where it still is.
  await changed(store)
  expect(await store.reboots.target(mac)).toMatchObject({ users: ['3310'], sip: fleet.sip })
  await rendered(store, 'r1')
  await came(store, 'r1')
  await store.reboots.confirm(noon)
  expect(await store.reboots.target(mac)).toMatchObject({
    users: ['3330'],
    sip: moved.sip,
    credentials: { user: '3330', password: 'secret-+3330' },
  })
})

test('a device that is given to another company comes from where it was', async () => {
  const store = await settled()
  const [first, ...rest] = fleet.lines
  const without = { ...fleet, lines: rest }
  const b = company('B', {
    sip: { domain: 'b.example.net', transport: 'udp' },
    lines: [onDevice('+3399', mac)],
  })
  expect(first?.equipment?.mac).toBe(mac)
  await save(store, [fleet], [without, b], [impact(mac, 'linked', { company: 'B' })])
  expect(await job(store)).toMatchObject({ company: 'B', place: 'B / Grasse' })
  expect(await store.reboots.target(mac)).toMatchObject({ users: ['3310'], sip: fleet.sip })
})

test('a device with several lines is one device, its lines in the order of its ports', async () => {
  const handset = (of: string, port: number) =>
    onDevice(of, mac, { equipment: { model: 'yealink/w60b', mac, port, expansion: [] } })
  const store = await settled([company('A', { lines: [handset('+3320', 2), handset('+3310', 1)] })])
  expect(await store.reboots.target(mac)).toMatchObject({
    users: ['3310', '3320'],
    credentials: { user: '3310', password: 'secret-+3310' },
  })
})

test('a device nobody knows, and one that has no lines, are said to be so', async () => {
  const store = await opened({ folder: await temporaryFolder() })
  await save(store, [], [company('A')], [impact(mac, 'linked')])
  expect(await store.reboots.target('00')).toBeUndefined()
  expect(await store.reboots.target(mac)).toEqual({
    mac,
    model: 'yealink/t54w',
    users: [],
    sip: fleet.sip,
    reboot: { by: 'sip' },
    timezone: 'Europe/Paris',
  })
})

test('who is forgotten is waited for no more', async () => {
  const store = await settled()
  const after = { ...fleet, lines: [line(number, { keys: noKeys }), ...fleet.lines.slice(1)] }
  await save(store, [fleet], [after], [impact(mac, 'unlinked')])
  expect(await store.devices.pruneDevices(noon + 1000 * 3600_000)).toEqual([mac])
  expect(await store.reboots.jobs({ limit: 10 })).toEqual([])
  expect(await story(store)).toEqual(['queued', 'given-up'])
})
