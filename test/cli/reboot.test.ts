import { describe, expect, test } from 'vitest'
import { queue } from '../../src/cli/queue.ts'
import { reboot } from '../../src/cli/reboot.ts'
import { moment } from '../../src/cli/story-times.ts'
import { readWhen } from '../../src/cli/when.ts'
import type { Store } from '../../src/store/store.ts'
import { apply, base, jsonOf, open, run, sample, t54w, vvx, within } from './sample-fleet.ts'

const paris = { timezone: 'Europe/Paris' }

/** The sample fleet with nobody waiting: loading it has queued everybody. */
function quiet(more: (store: Store) => Promise<unknown> = async () => {}): Promise<string> {
  return sample(async (store) => {
    const jobs = await store.reboots.jobs({ limit: 1000 })
    await store.reboots.cancel(
      jobs.map(({ mac }) => mac),
      'a',
      1,
    )
    await more(store)
  })
}

function jobsIn(data: string) {
  return within(data, (store) => store.reboots.jobs({ limit: 100 }))
}

describe('a time', () => {
  const at = (text: string, now: string, clock: Parameters<ReturnType<typeof readWhen>>[0] = paris) =>
    new Date(readWhen(text, Date.parse(now))(clock)).toISOString()

  test('is now, in the quiet hours, at an hour there, or a moment', () => {
    const noon = '2026-11-21T11:00:00.000Z'
    expect(at('now', noon)).toBe(noon)
    expect(at('quiet', noon)).toBe('2026-11-21T21:00:00.000Z')
    expect(at('quiet', noon, { ...paris, quietHours: { from: '12:30', to: '13:00' } })).toBe(
      '2026-11-21T11:30:00.000Z',
    )
    expect(at('03:00', noon)).toBe('2026-11-22T02:00:00.000Z')
    expect(at('03:00', noon, { timezone: 'Indian/Reunion' })).toBe('2026-11-21T23:00:00.000Z')
    expect(at('2026-12-01T03:00:00+01:00', noon)).toBe('2026-12-01T02:00:00.000Z')
  })

  test('is an hour of the clock on the wall through its changes, up to the last minute of the day', () => {
    expect(at('02:30', '2026-03-28T23:00:00.000Z')).toBe('2026-03-30T00:30:00.000Z')
    expect(at('23:59', '2026-10-25T12:00:00.000Z')).toBe('2026-10-25T22:59:00.000Z')
  })

  test.each(['soon', '24:00', '3:00', '2026-12-01', '2020-01-01T00:00:00Z'])('is not %s', (text) => {
    expect(() => readWhen(text, Date.parse('2026-11-21T11:00:00Z'))).toThrow(
      expect.objectContaining({ code: 'usage' }),
    )
  })
})

describe('a restart', () => {
  test('of one device is ordered without asking, by its address or its line', async () => {
    const data = await quiet()
    const { code, stdout } = await run(reboot, data, ['64:16:7F:B2:69:D6'])
    expect(code).toBe(0)
    expect(stdout).toMatch(/1 device to restart:\n {2}64:16:7f:b2:69:d6 +Polycom VVX 450 +Toine Immo, Grasse/)
    await run(reboot, data, ['04 83 05 01 75'])
    expect(await jobsIn(data)).toMatchObject([
      { mac: vvx, cause: 'order', state: 'waiting', restart: true },
      { mac: t54w, cause: 'order' },
    ])
  })

  test('of several needs a yes, and is spread as the settings say', async () => {
    const data = await quiet()
    const env = { BOOTLINE_REBOOTS_PER_SITE: '2' }
    const args = ['--company', 'Toine Immo', '--site', 'Grasse']
    const refused = await run(reboot, data, args, { env, answer: 'n\n' })
    expect(refused.code).toBe(1)
    expect(refused.stdout).toMatch(/7 devices to restart:/)
    expect(refused.stdout).toContain(
      'At 120 a minute, and 2 a minute at one site, the last is told about 3 minutes after the first.',
    )
    expect(await jobsIn(data)).toEqual([])
    await expect(run(reboot, data, args)).rejects.toMatchObject({ code: 'nobody-to-ask' })
    expect((await run(reboot, data, args, { answer: 'y\n' })).code).toBe(0)
    const jobs = await jobsIn(data)
    expect(jobs.map(({ site, company }) => [company, site])).toEqual(jobs.map(() => ['Toine Immo', 'Grasse']))
    expect(jobs).toHaveLength(7)
  })

  test('may only be shown, for programs too', async () => {
    const data = await quiet()
    const shown = await jsonOf(reboot, data, '--model', 'yealink/t54w', '--dry-run')
    expect(shown).toMatchObject({ ordered: false, minutes: 0, devices: [{ mac: t54w, site: 'Grasse' }] })
    expect(await jobsIn(data)).toEqual([])
    const { stdout } = await run(reboot, data, ['--model', 'polycom/trio-8500', '--dry-run'])
    expect(stdout).toBe('No device is meant: nothing to do.\n')
  })

  test('waits for the quiet hours of each company, on its own clock', async () => {
    const data = await quiet((store) =>
      apply(store, {
        companies: [
          {
            name: 'Menuiserie Aubert',
            timezone: 'Indian/Reunion',
            quietHours: { from: '00:00', to: '01:00' },
          },
        ],
      }),
    )
    await run(reboot, data, ['--company', 'Menuiserie Aubert', '--when', 'quiet', '--yes'])
    await run(reboot, data, [vvx, '--when', '03:00'])
    const now = Date.now()
    const hourOf = (at: number, timeZone: string) =>
      new Intl.DateTimeFormat('en', {
        timeZone,
        hour: 'numeric',
        minute: 'numeric',
        hourCycle: 'h23',
      }).format(at)
    const jobs = await jobsIn(data)
    const shop = jobs.filter(({ company }) => company === 'Menuiserie Aubert')
    expect(shop).toHaveLength(2)
    for (const { dueAt } of shop) expect(hourOf(dueAt, 'Indian/Reunion')).toMatch(/^00:/)
    const other = jobs.find(({ mac }) => mac === vvx)?.dueAt ?? 0
    expect(hourOf(other, 'Europe/Paris')).toBe('03:00')
    expect(other).toBeGreaterThanOrEqual(now - 60_000)
  })

  test('is refused where it is not clear whose it is', async () => {
    const data = await quiet()
    const code = (...args: string[]) => run(reboot, data, args).then(String, (error) => error.code)
    expect(await code()).toBe('usage')
    expect(await code(vvx, '--site', 'Grasse')).toBe('usage')
    expect(await code('--site', 'Gras')).toBe('site-unknown')
    expect(await code('--model', 'vvx450')).toBe('model-unknown')
    expect(await code('--company', 'Nobody')).toBe('company-unknown')
    expect(await code('805ec0ffffff')).toBe('device-unknown')
    expect(await code('+33613456782')).toBe('not-linked')
  })
})

describe('the queue', () => {
  const queued = () =>
    quiet((store) =>
      store.reboots.order({
        macs: [vvx, t54w, open],
        dueAt: Date.now() + 3_600_000,
        who: 'ana',
        at: Date.now(),
      }),
    )

  /** As the sender does it. */
  async function settle(
    data: string,
    mac: string,
    state: 'waiting' | 'told' | 'given-up',
    detail: string,
  ): Promise<void> {
    await within(data, async ({ reboots }) => {
      const at = Date.now()
      await reboots.reschedule([mac], at, 'a', at)
      const [job] = await reboots.jobs({ mac, limit: 1 })
      const id = job?.id ?? 0
      await reboots.claim(id, 'n', at + 1000, at)
      const result = { told: 'heard', waiting: 'silent', 'given-up': 'unwilling' }[state]
      const outcome = { state, told: true, dueAt: at + 60_000, attempts: 1, result, detail, at }
      expect(await reboots.settle(id, 'n', outcome)).toBe(true)
    })
  }

  test('is listed with what each waits for and was answered', async () => {
    const data = await queued()
    const due = (await jobsIn(data))[0]?.dueAt ?? 0
    await settle(data, t54w, 'given-up', '489 Bad Event')
    await settle(data, open, 'told', '200 OK')
    const { stdout } = await run(queue, data)
    expect(stdout).toContain(`Polycom VVX 450  waits until ${moment(due)}`)
    expect(stdout).toMatch(
      /given up: .* 1 +489 Bad Event: it was reached and will not do it +restart asked for/,
    )
    expect(stdout).toMatch(/ told \d{4}-.* 200 OK: it has heard/)
    expect(stdout).toContain('1 waiting, 1 told, 1 given up')
    const json = await jsonOf(queue, data, '--company', 'Toine Immo')
    expect(json.jobs).toMatchObject([{ mac: vvx, dueAt: new Date(due).toISOString() }, { mac: t54w }])
  })

  test('is left by who is cancelled, and entered again by who is ordered', async () => {
    const data = await queued()
    const { stdout } = await run(queue, data, ['cancel', vvx])
    expect(stdout).toBe('64:16:7f:b2:69:d6 is in the queue no more; bootline reboot puts it back.\n')
    expect((await jobsIn(data)).map(({ mac }) => mac)).toEqual([open, t54w])
    await run(reboot, data, [vvx])
    expect(await jobsIn(data)).toHaveLength(3)
    expect((await run(queue, data, ['cancel', '--all'], { answer: 'n\n' })).code).toBe(1)
    expect(await jobsIn(data)).toHaveLength(3)
    expect((await run(queue, data, ['cancel', '--all', '--yes'])).code).toBe(0)
    expect((await run(queue, data)).stdout).toBe('Nobody is waiting to be told.\n')
  })

  test('tries again whom it gave up, and nobody else', async () => {
    const data = await queued()
    await settle(data, t54w, 'given-up', '489 Bad Event')
    const said = await jsonOf(queue, data, 'retry', '--all')
    expect(said.done).toMatchObject([{ mac: t54w }])
    expect(said.left).toEqual([
      { mac: open, state: 'waiting' },
      { mac: vvx, state: 'waiting' },
    ])
    expect(await jobsIn(data)).toContainEqual(
      expect.objectContaining({ mac: t54w, state: 'waiting', attempts: 0 }),
    )
  })

  test('tries again at once who did not answer and waits for the next time', async () => {
    const data = await queued()
    await settle(data, t54w, 'waiting', 'no answer within 32 s')
    const said = await jsonOf(queue, data, 'retry', '--all')
    expect(said.done).toMatchObject([{ mac: t54w }])
    const retried = (await jobsIn(data)).find(({ mac }) => mac === t54w)
    expect(retried).toMatchObject({ state: 'waiting', attempts: 0 })
    expect(retried?.dueAt).toBeLessThanOrEqual(Date.now())
    const { stdout } = await run(queue, data, ['retry', vvx])
    expect(stdout).toContain('is left as it is: it waits for its time; bootline queue now tells it at once.')
  })

  test('is brought forward and put off, but for those that were told', async () => {
    const data = await queued()
    await settle(data, open, 'told', '200 OK')
    await run(queue, data, ['now', vvx])
    await run(queue, data, ['at', '2027-01-01T03:00:00Z', t54w])
    const due = new Map((await jobsIn(data)).map(({ mac, dueAt }) => [mac, dueAt]))
    expect(due.get(vvx)).toBeLessThanOrEqual(Date.now())
    expect(due.get(t54w)).toBe(Date.parse('2027-01-01T03:00:00Z'))
    const { stdout } = await run(queue, data, ['now', open])
    expect(stdout).toBe('00:15:65:93:70:f2 is left as it is: it was told, and its fetch is waited for.\n')
  })

  test('is not touched by what is not clear', async () => {
    const data = await queued()
    const wrong = (...args: string[]) => run(queue, data, args).then(String, (error) => error.message)
    expect(await wrong('cancl', vvx)).toBe('the queue knows no "cancl"')
    expect(await wrong('cancel')).toBe('no device is named')
    expect(await wrong('cancel', vvx, '--all')).toBe('devices are named in more than one way')
    expect(await wrong('at')).toBe('the time is missing')
    expect(await wrong('at', vvx)).toBe(`"${vvx}" is no time`)
    expect((await run(queue, data, ['cancel', base])).stdout).toBe('None of them is in the queue.\n')
    expect(await jobsIn(data)).toHaveLength(3)
  })
})
