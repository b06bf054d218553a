import { describe, expect, test } from 'vitest'
import { isOnItsWay, loopSteps, type WholeDevice } from '../../../src/admin/portal/devices/loop.ts'
import { hasText } from '../../../src/admin/portal/text.ts'
import { refusalWords } from '../../../src/domain/refusals.ts'

const at = (second: number) => `2026-11-21T08:00:${String(second).padStart(2, '0')}.000Z`

const job: NonNullable<WholeDevice['job']> = {
  mac: '0015651190c4',
  model: 'yealink/t46u',
  company: 'Toine Immo',
  state: 'waiting',
  cause: 'change',
  reasons: ['keys changed'],
  restart: true,
  quiet: false,
  who: 'Maud Gérant',
  queuedAt: at(1),
  dueAt: at(1),
  attempts: 0,
}

type Told = Parameters<typeof loopSteps>[0]
const behind = { standing: 'behind', lastSeenAt: at(0) } as const
const states = (device: Told) => loopSteps(device).map(({ state }) => state)

describe('the loop of a device', () => {
  test.each<[string, Told, string]>([
    ['saved', { ...behind, loop: { step: 'wanted', wantedAt: at(1) }, job }, 'done now todo todo'],
    [
      'told',
      { ...behind, loop: { step: 'told', wantedAt: at(1), toldAt: at(2) }, job: { ...job, state: 'told' } },
      'done done now todo',
    ],
    [
      'came',
      { ...behind, loop: { step: 'came', wantedAt: at(1), toldAt: at(2), cameAt: at(3) } },
      'done done done now',
    ],
    [
      'in sync',
      { standing: 'in-sync', lastSeenAt: at(4), loop: { step: 'in-sync', inSyncAt: at(4) } },
      'done done done done',
    ],
    ['nobody tells it', { ...behind, loop: { step: 'wanted' } }, 'done todo now todo'],
    ['never seen', { standing: 'never-seen', loop: { step: 'wanted' } }, 'done todo now todo'],
    [
      'given up',
      { ...behind, loop: { step: 'wanted' }, job: { ...job, state: 'given-up' } },
      'done failed todo todo',
    ],
    [
      'turned away',
      {
        standing: 'turned-away',
        loop: { step: 'in-sync', inSyncAt: at(1) },
        turnedAway: { times: 2, at: at(9), why: 'credentials-wrong', reason: '' },
      },
      'done done failed todo',
    ],
  ])('is %s', (_name, device, expected) => {
    expect(states(device).join(' ')).toBe(expected)
  })

  test('says when a device is told that is not told at once, and when it is tried again', () => {
    const loop = { step: 'wanted' } as const
    expect(loopSteps({ ...behind, loop, job })[1]).toEqual({ name: 'told', state: 'now' })
    const tonight = loopSteps({ ...behind, loop, job: { ...job, dueAt: at(50) } })[1]
    expect(tonight).toMatchObject({ note: 'loop.due', noteAt: at(50) })
    const again = loopSteps({ ...behind, loop, job: { ...job, dueAt: at(50), attempts: 1 } })[1]
    expect(again).toMatchObject({ note: 'loop.again', noteAt: at(50) })
  })

  test('tells a restart that somebody asked for from a change', () => {
    const loop = { step: 'wanted', wantedAt: at(1) } as const
    expect(loopSteps({ ...behind, loop, job: { ...job, cause: 'order' } })[0]?.name).toBe('ordered')
  })

  test('names why a device is turned away, in words of the reader', () => {
    const refused = (why: string): Told => ({
      standing: 'turned-away',
      loop: { step: 'wanted' },
      turnedAway: { times: 1, at: at(9), why, reason: '' },
    })
    for (const why of Object.keys(refusalWords)) {
      const { note = '' } = loopSteps(refused(why))[2] ?? {}
      expect(hasText(note), why).toBe(true)
    }
    expect(loopSteps(refused('of-a-newer-server'))[2]?.note).toBeUndefined()
  })

  test('goes on until the device is in sync, and while it is turned away', () => {
    expect(isOnItsWay({ standing: 'in-sync', loop: { step: 'in-sync' } })).toBe(false)
    expect(isOnItsWay({ standing: 'turned-away', loop: { step: 'in-sync' } })).toBe(true)
    expect(isOnItsWay({ standing: 'behind', loop: { step: 'told' } })).toBe(true)
  })
})
