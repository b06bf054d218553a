import { describe, expect, test } from 'vitest'
import { devices } from '../../src/cli/devices.ts'
import { answerInWords } from '../../src/cli/story-answers.ts'
import { moment } from '../../src/cli/story-times.ts'
import type { Store } from '../../src/store/store.ts'
import { base, delivery, jsonOf, minute, run, sample, t54w, vvx } from './sample-fleet.ts'

const hour = 60 * minute
const refused = { status: 401, bytes: 0, complete: false, why: 'credentials-wrong' }

/** The device is told as the sender does it, with this answer. */
async function tell(
  { reboots }: Store,
  detail: string,
  state: 'told' | 'waiting',
  at: number,
): Promise<void> {
  const [job] = await reboots.jobs({ mac: vvx, limit: 1 })
  const id = job?.id ?? 0
  await reboots.claim(id, 'n', at + minute, at)
  const result = state === 'told' ? 'heard' : 'unwilling'
  const attempts = (job?.attempts ?? 0) + 1
  await reboots.settle(id, 'n', { state, told: true, dueAt: at + 1, attempts, result, detail, at })
}

/** A phone that would not be told, then was, came and took its files. */
function confirmed(now: number): Promise<string> {
  return sample(async (store) => {
    const { devices, reboots } = store
    await reboots.cancel([vvx], 'a', now - 9 * hour)
    const version = { userAgent: 'Phone 6.3', version: '6.3' }
    await devices.recordDeliveries([delivery(vvx, now - 8 * hour, version)])
    await devices.saveRevisions([{ mac: vvx, revision: 'r2', at: now - hour }])
    await reboots.order({ macs: [vvx], dueAt: now - 50 * minute, who: 'ana', at: now - 50 * minute })
    await tell(store, '489 Bad Event', 'waiting', now - 40 * minute)
    await tell(store, '200 OK', 'told', now - 30 * minute)
    const came = { userAgent: 'Phone 6.4', version: '6.4', revision: 'r2' }
    await devices.recordDeliveries([delivery(vvx, now - 20 * minute, { ...came, completes: 'r2' })])
    await reboots.confirm(now)
  })
}

describe('the story of a device that was told', () => {
  test('has each step with its time, and what each answer means', async () => {
    const now = Date.now()
    const data = await confirmed(now)
    const { stdout } = await run(devices, data, [vvx])
    const chapter = stdout.split('\n\n').find((text) => text.startsWith('Told '))
    expect(chapter?.split('\n').slice(0, 6)).toEqual([
      'Told to take what it should have:',
      `  ${moment(now - 20 * minute)}  in sync: it has every file of revision r2`,
      `  ${moment(now - 20 * minute)}  it came`,
      `  ${moment(now - 30 * minute)}  told: 200 OK: it has heard`,
      `  ${moment(now - 40 * minute)}  told: 489 Bad Event: it was reached and will not do it`,
      `  ${moment(now - 50 * minute)}  queued: restart asked for, by ana`,
    ])
  })

  test('tells what the device changed of itself', async () => {
    const now = Date.now()
    const data = await confirmed(now)
    const { stdout } = await run(devices, data, [vvx])
    const chapter = stdout.split('\n\n').find((text) => text.startsWith('Changed '))
    expect(chapter?.split('\n')).toEqual([
      'Changed of itself:',
      `  ${moment(now - 20 * minute)}  calls itself Phone 6.3 → Phone 6.4`,
      `  ${moment(now - 20 * minute)}  firmware 6.3 → 6.4`,
    ])
  })

  test('is the same for programs', async () => {
    const now = Date.now()
    const told = await jsonOf(devices, await confirmed(now), vvx)
    expect(told).not.toHaveProperty('reboot')
    expect(told.events.slice(0, 3)).toMatchObject([
      { what: 'in-sync', at: new Date(now - 20 * minute).toISOString() },
      { what: 'seen' },
      { what: 'told', detail: '200 OK' },
    ])
    expect(told.history).toContainEqual({
      at: new Date(now - 20 * minute).toISOString(),
      what: 'firmware',
      before: '6.3',
      after: '6.4',
    })
  })

  test('says where its job stands', async () => {
    const now = Date.now()
    const data = await sample(async ({ reboots }) => {
      await reboots.cancel([vvx], 'a', now)
      await reboots.order({ macs: [vvx], dueAt: now + hour, who: 'ana', at: now })
    })
    expect((await run(devices, data, [vvx])).stdout).toContain(
      `Told to take what it should have:\n  waits until ${moment(now + hour)}\n`,
    )
    expect(await jsonOf(devices, data, vvx)).toMatchObject({
      reboot: { state: 'waiting', dueAt: new Date(now + hour).toISOString() },
    })
  })
})

describe('alarms', () => {
  const troubled = (now: number) =>
    sample(({ devices }) =>
      devices.recordDeliveries([
        ...[7, 6, 5, 4, 3, 2, 1].map((n) => delivery(vvx, now - n * 5 * minute)),
        delivery(t54w, now - 2 * hour),
        delivery(t54w, now - hour, refused),
        delivery(t54w, now - hour + 1, refused),
      ]),
    )

  test('are listed alone, and stand beside the state of a device', async () => {
    const data = await troubled(Date.now())
    const listed: { mac: string; alarms: string[] }[] = await jsonOf(devices, data, '--alarms')
    expect(listed.map(({ mac, alarms }) => [mac, alarms])).toEqual([
      [vvx, ['reboot-loop']],
      [t54w, ['turned-away']],
    ])
    const all: { mac: string }[] = await jsonOf(devices, data, '--alarms', '--never-seen')
    expect(all.map(({ mac }) => mac)).toEqual(expect.arrayContaining([vvx, t54w, base]))
    const { stdout } = await run(devices, data, ['--alarms'])
    expect(stdout).toMatch(/64:16:7f:b2:69:d6 .*, starts again and again /)
    expect(stdout).toMatch(/80:5e:c0:aa:00:01 .* turned away \d{4}-\d\d-\d\d \d\d:\d\d:\d\d +\d{4}/)
  })

  test('are told in plain words in the story', async () => {
    const data = await troubled(Date.now())
    expect((await run(devices, data, [t54w])).stdout).toContain(
      'ALARM: it was turned away 2 times since it had a file last: it signed in with a wrong name or password',
    )
    expect((await run(devices, data, [vvx])).stdout).toContain(
      'ALARM: it has started 7 times or more within an hour, and nothing was changed for it',
    )
  })
})

test('answers are told with what they mean, and words stay as they are', () => {
  expect(answerInWords('481 Call/Transaction Does Not Exist')).toMatch(/: it was reached and will not do it$/)
  expect(answerInWords('404 Not Found')).toMatch(
    /: the SIP server does not know it as registered: is it off\?$/,
  )
  expect(answerInWords('480 Temporarily Unavailable')).toMatch(/is it off\?$/)
  expect(answerInWords('408 Request Timeout')).toMatch(/: no answer: /)
  expect(answerInWords('299 Something')).toBe('299 Something')
  expect(answerInWords('no answer within 32 s')).toBe('no answer within 32 s')
  expect(answerInWords('200, it has heard')).toBe('200, it has heard')
})
