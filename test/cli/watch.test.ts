import { describe, expect, test } from 'vitest'
import { contextIn } from '../../src/cli/context.ts'
import { screenOn } from '../../src/cli/screen.ts'
import { watch } from '../../src/cli/watch.ts'
import { watchLines } from '../../src/cli/watch-view.ts'
import { happenings, recalled, watchedOf } from '../../src/provision/steps.ts'
import type { DeviceCondition } from '../../src/store/devices.ts'
import type { RebootJob } from '../../src/store/reboots.ts'
import type { Store } from '../../src/store/store.ts'
import { fakeWorld } from './fake-world.ts'
import { started } from './running.ts'
import { base, delivery, open, run, sample, t54w, vvx, within } from './sample-fleet.ts'

const name = '64:16:7f:b2:69:d6'

/** The sample fleet, with a phone that has its files and one that is wanted to take others. */
function fleet(): Promise<string> {
  return sample(async ({ devices, reboots }) => {
    const jobs = await reboots.jobs({ limit: 1000 })
    await reboots.cancel(
      jobs.map(({ mac }) => mac),
      'a',
      1,
    )
    const at = Date.now() - 3_600_000
    await devices.saveRevisions([vvx, t54w].map((mac) => ({ mac, revision: 'r1', at })))
    await devices.recordDeliveries(
      [vvx, t54w].map((mac) => delivery(mac, at, { revision: 'r1', completes: 'r1' })),
    )
    await devices.saveRevisions([{ mac: vvx, revision: 'r2', at: at + 1000 }])
    await reboots.order({ macs: [vvx], dueAt: at, who: 'ana', at })
  })
}

/** As the sender does it. */
async function tell({ reboots }: Store, mac: string, detail: string): Promise<void> {
  const at = Date.now()
  const [job] = await reboots.jobs({ mac, limit: 1 })
  const id = job?.id ?? 0
  await reboots.claim(id, 'n', at + 1000, at)
  const outcome = {
    state: 'told',
    told: true,
    dueAt: at + 60_000,
    attempts: 1,
    result: 'heard',
    detail,
    at,
  } as const
  await reboots.settle(id, 'n', outcome)
}

/** As the device and the server do it. */
async function fetchAll({ devices, reboots }: Store, mac: string): Promise<void> {
  const at = Date.now() + 1000
  await devices.recordDeliveries([delivery(mac, at, { revision: 'r2', completes: 'r2' })])
  await reboots.confirm(at)
}

/** Watches, and says what is written as it comes. */
function watching(data: string, args: readonly string[], isTTY = false) {
  const world = fakeWorld({ BOOTLINE_DATA: data }, isTTY)
  const ended = watch.run(contextIn(world, args.includes('--json')), args)
  const said = (text: string | RegExp) => expect.poll(world.written.stdout, { timeout: 10_000 }).toMatch(text)
  return { ended, said, written: world.written.stdout }
}

describe('looking on', () => {
  test('says each step as it happens, and ends when all is in sync', async () => {
    const data = await fleet()
    const { ended, said, written } = watching(data, ['--until-in-sync'])
    await said(`${name}  wanted: restart asked for`)
    await within(data, (store) => tell(store, vvx, '200 OK'))
    await said(`${name}  told: 200 OK: it has heard`)
    await within(data, (store) => fetchAll(store, vvx))
    expect(await ended).toBe(0)
    const lines = written().trimEnd().split('\n')
    expect(lines.pop()).toBe(`[${'#'.repeat(30)}] 1 of 1 in sync; 0 wanted, 0 told, 0 came`)
    expect(lines.map((line) => line.replace(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d {2}/, ''))).toEqual([
      `${name}  wanted: restart asked for`,
      `${name}  told: 200 OK: it has heard`,
      `${name}  came`,
      `${name}  in sync`,
    ])
  })

  test('does not lose what goes by between two looks', async () => {
    const data = await fleet()
    const { ended, said, written } = watching(data, ['--until-in-sync', '--json'])
    await said('wanted')
    await within(data, async (store) => {
      await tell(store, vvx, '200 OK')
      await fetchAll(store, vvx)
    })
    expect(await ended).toBe(0)
    const lines = written().trimEnd().split('\n')
    const events = lines.map((line): { mac: string; what: string } => JSON.parse(line))
    expect(events.map(({ mac, what }) => [mac, what])).toEqual(
      ['wanted', 'told', 'came', 'in-sync'].map((what) => [vvx, what]),
    )
  })

  test('ends with 1 when the time is over first, and with 0 when nobody is waited for', async () => {
    const data = await fleet()
    expect((await run(watch, data, [vvx, '--until-in-sync', '--timeout', '1'])).code).toBe(1)
    expect(await run(watch, data, [t54w, '--until-in-sync'])).toMatchObject({ code: 0 })
    await within(data, ({ reboots }) => reboots.cancel([vvx], 'a', 1))
    const { code, stdout } = await run(watch, data, ['--until-in-sync'])
    expect({ code, stdout }).toEqual({ code: 0, stdout: 'Nobody is waiting to be told.\n' })
  })

  test('draws a table on a terminal, in the place of the one before', async () => {
    const data = await fleet()
    const { ended, said, written } = watching(data, ['--company', 'Toine Immo', '--timeout', '3'], true)
    await said(new RegExp(`${name} +\\d\\d:\\d\\d:\\d\\d +- +- +- +Polycom VVX 450: waits until `))
    await within(data, (store) => tell(store, vvx, '200 OK'))
    await said(new RegExp(`${name} +\\d\\d:\\d\\d:\\d\\d +\\d\\d:\\d\\d:\\d\\d +- +- +Polycom VVX 450\n`))
    expect(await ended).toBe(1)
    expect(written()).toContain('[####..........................] 1 of 7 in sync; 5 wanted, 1 told, 0 came')
    expect(written()).toContain('\u001b[10A\r\u001b[J')
  })

  test('ends in good order with Ctrl-C', async () => {
    const data = await fleet()
    const { child, ended } = started(data, ['watch', '--until-in-sync'])
    await new Promise((heard) => child.stdout?.once('data', heard))
    child.kill('SIGINT')
    const { status, stdout } = await ended
    expect(status).toBe(1)
    expect(stdout).toMatch(/wanted: restart asked for\n\[\.+\] 0 of 1 in sync; 1 wanted, 0 told, 0 came\n$/)
  })

  test('is refused for a device that is not there, and for what is no time', async () => {
    const data = await fleet()
    const code = (...args: string[]) => run(watch, data, args).then(String, (error) => error.code)
    expect(await code('805ec0ffffff')).toBe('device-unknown')
    expect(await code(vvx, '--company', 'Toine Immo')).toBe('usage')
    expect(await code('--timeout', '0')).toBe('usage')
    expect(await code('--company', 'Nobody')).toBe('company-unknown')
  })
})

describe('the steps of a device', () => {
  const device: DeviceCondition = {
    mac: vvx,
    model: 'polycom/vvx-450',
    company: 'Toine Immo',
    state: 'linked',
    generation: 1,
    revision: 'r2',
    revisionAt: 100,
    deliveredRevision: 'r1',
    deliveredAt: 50,
    lastSeenAt: 50,
    starts: [50],
  }
  const job: RebootJob = {
    id: 1,
    mac: vvx,
    model: device.model,
    company: device.company,
    place: '',
    state: 'waiting',
    cause: 'change',
    reasons: ['keys changed'],
    restart: true,
    quiet: false,
    who: 'ana',
    queuedAt: 90,
    dueAt: 90,
    attempts: 0,
  }

  test('are told once, and again with the next change', () => {
    const first = watchedOf(device, job, undefined, 200)
    expect(happenings(undefined, first, 200)).toEqual([
      { mac: vvx, at: 90, what: 'wanted', detail: 'keys changed' },
    ])
    expect(happenings(first, watchedOf(device, job, first, 300), 300)).toEqual([])
    const synced = watchedOf(
      { ...device, deliveredRevision: 'r2', deliveredAt: 150, lastSeenAt: 150 },
      undefined,
      first,
      300,
    )
    expect(happenings(first, synced, 300)).toMatchObject([{ what: 'in-sync', at: 150 }])
    const again = watchedOf(
      { ...synced.device, revision: 'r3' },
      { ...job, id: 2, queuedAt: 400 },
      synced,
      400,
    )
    expect(again).toMatchObject({ step: 'wanted', wantedAt: 400 })
    expect(happenings(synced, again, 400)).toMatchObject([{ what: 'wanted', at: 400 }])
  })

  test('include answers that led to nothing, giving up, and alarms', () => {
    const first = watchedOf(device, job, undefined, 200)
    const tried = watchedOf(
      device,
      { ...job, attempts: 1, lastDetail: '480 Temporarily Unavailable' },
      first,
      300,
    )
    expect(happenings(first, tried, 300)).toEqual([
      { mac: vvx, at: 300, what: 'answered', detail: '480 Temporarily Unavailable' },
    ])
    const over = watchedOf(device, { ...job, attempts: 1, state: 'given-up' }, tried, 400)
    expect(happenings(tried, over, 400)).toEqual([{ mac: vvx, at: 400, what: 'given-up' }])
    const refusals = { count: 1, at: 450, why: 'credentials-wrong' }
    const refused = watchedOf({ ...device, refusals }, { ...job, attempts: 1, state: 'given-up' }, over, 500)
    expect(happenings(over, refused, 500)).toEqual([
      { mac: vvx, at: 500, what: 'alarm', alarm: 'turned-away' },
    ])
  })

  test('that went by are told in their order, and an answer noted after the device came is none', () => {
    const synced = { ...device, deliveredRevision: 'r2', deliveredAt: 150, lastSeenAt: 150 }
    const first = watchedOf(device, job, undefined, 95)
    const after = watchedOf(synced, undefined, first, 300)
    const told = (at: number) => recalled(after, [{ mac: vvx, at, what: 'told' }]).toldAt
    expect(told(120)).toBe(120)
    expect(told(160)).toBeUndefined()
  })

  test('of more devices than there is room for are told by those that need it', () => {
    const synced = { ...device, mac: t54w, revision: 'r1' }
    const lost = { ...device, mac: base, refusals: { count: 1, at: 150, why: 'credentials-wrong' } }
    const all = [synced, { ...device, mac: open }, lost].map((each) =>
      watchedOf(each, undefined, undefined, 200),
    )
    const lines = watchLines(all, 6, 'the end')
    expect(lines).toHaveLength(5)
    expect(lines[2]).toMatch(/^80:5e:c0:11:22:33 .* ALARM: turned away$/)
    expect(lines[3]).toMatch(/^00:15:65:93:70:f2 /)
    expect(lines[4]).toBe('and 1 more; the end')
  })
})

test('a screen never draws a line that would take two', () => {
  const world = fakeWorld()
  const screen = screenOn(Object.assign(world.stdout, { columns: 5, rows: 9 }))
  screen.draw(['1234567', 'é'])
  screen.draw(['x'])
  screen.draw(['x'])
  expect(world.written.stdout()).toBe('\r\u001b[J12345\né\n\u001b[2A\r\u001b[Jx\n')
})
