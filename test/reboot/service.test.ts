import { expect, test } from 'vitest'
import type { WakeAnswer } from '../../src/reboot/wake.ts'
import type { Reboots } from '../../src/store/reboots.ts'
import {
  company,
  createScene,
  heard,
  hour,
  mac,
  minute,
  type Scene,
  second,
  shortcut,
  silent,
} from './scene.ts'

/** Two phones that have all they should have; then the first gets a key. */
async function changedKey(): Promise<Scene> {
  const scene = await createScene()
  await scene.apply(company('A', { [mac(1)]: {}, [mac(2)]: {} }))
  await scene.boots(mac(1), mac(2))
  await scene.clock.advance(second)
  await scene.apply(company('A', { [mac(1)]: shortcut('3899'), [mac(2)]: {} }))
  return scene
}

test('a changed key wakes that phone alone, once, and its fetch is the end of it', async () => {
  const scene = await changedKey()
  scene.start()
  await scene.clock.advance(10 * second)
  expect(scene.tells.map((tell) => tell.mac)).toStrictEqual([mac(1)])
  expect(await scene.job(mac(1))).toMatchObject({ state: 'told', attempts: 1, lastDetail: '200 OK' })
  await scene.boots(mac(1))
  await scene.clock.pass(hour)
  expect(scene.tells).toHaveLength(1)
  expect(await scene.job(mac(1))).toBeUndefined()
  expect(await scene.story(mac(1))).toStrictEqual(['queued', 'told', 'seen', 'in-sync'])
})

test('a change that comes while the service runs is seen within a second, or at once with a nudge', async () => {
  const scene = await changedKey()
  const service = scene.start()
  await scene.clock.advance(10 * second)
  await scene.boots(mac(1))
  await scene.clock.advance(1500)
  await scene.apply(company('A', { [mac(1)]: {}, [mac(2)]: {} }))
  await scene.clock.advance(second)
  expect(scene.tells).toHaveLength(2)
  await scene.boots(mac(1))
  await scene.clock.advance(1500)
  await scene.apply(company('A', { [mac(1)]: shortcut('3900'), [mac(2)]: {} }))
  service.nudge()
  await scene.clock.rest()
  expect(scene.tells).toHaveLength(3)
})

test('a phone that heard and does not come is told again after three minutes', async () => {
  const scene = await changedKey()
  scene.start()
  await scene.clock.advance(3 * minute - second)
  expect(scene.tells).toHaveLength(1)
  await scene.clock.advance(3 * second)
  expect(scene.tells).toHaveLength(2)
})

test('a phone that hears for a day and never comes is left to itself, which is said', async () => {
  const scene = await changedKey()
  scene.start()
  await scene.clock.pass(30 * hour)
  const told = scene.tells.length
  const job = await scene.job(mac(1))
  expect(job?.state).toBe('given-up')
  expect(job?.lastDetail).toBe(
    'it heard for a day and did not come; it will take its files at its next start or poll',
  )
  await scene.clock.pass(30 * hour)
  expect(scene.tells).toHaveLength(told)
  // It polls in the night, and that ends it.
  await scene.boots(mac(1))
  await scene.clock.advance(minute)
  expect(await scene.job(mac(1))).toBeUndefined()
  expect((await scene.story(mac(1))).at(-1)).toBe('in-sync')
})

test('a phone that is off for an hour is told less and less often, and not once more when it is back', async () => {
  const scene = await changedKey()
  scene.script = () => silent
  scene.start()
  await scene.clock.pass(hour)
  const tries = scene.tells.map(({ at }) => at)
  expect(tries.length).toBeGreaterThan(2)
  expect(tries.length).toBeLessThan(6)
  const waits = tries.slice(1).map((at, i) => at - (tries[i] ?? 0))
  expect(waits).toStrictEqual(waits.toSorted((a, b) => a - b))
  await scene.boots(mac(1))
  await scene.clock.pass(12 * hour)
  expect(scene.tells).toHaveLength(tries.length)
  expect(await scene.job(mac(1))).toBeUndefined()
})

test('a phone that was reached and will not do it is given up after two slow tries, with the reason', async () => {
  const scene = await changedKey()
  scene.script = () => ({ result: 'unwilling', status: 489, detail: '489 Bad Event' })
  scene.start()
  await scene.clock.pass(10 * hour)
  expect(scene.tells).toHaveLength(3)
  expect(await scene.job(mac(1))).toMatchObject({
    state: 'given-up',
    lastResult: 'unwilling',
    lastDetail:
      '489 Bad Event: it was reached and does not do this; it will take its files at its next start or poll',
  })
})

test('whoever asks to be left alone for ten minutes is', async () => {
  const scene = await changedKey()
  scene.script = (_, time) =>
    time === 1 ? { result: 'overloaded', status: 503, detail: '503', retryAfter: 600 } : heard
  scene.start()
  await scene.clock.pass(10 * minute)
  expect(scene.tells).toHaveLength(1)
  await scene.clock.pass(3 * minute)
  expect(scene.tells).toHaveLength(2)
})

test('a change while a phone is being told is told as well, and the first answer does not end it', async () => {
  const scene = await changedKey()
  let answer = (): void => {}
  const late = new Promise<WakeAnswer>((resolve) => {
    answer = () => resolve(heard)
  })
  scene.script = (_, time) => (time > 1 ? heard : late)
  scene.start()
  await scene.clock.advance(second)
  expect(scene.tells).toHaveLength(1)
  await scene.apply(company('A', { [mac(1)]: shortcut('3900'), [mac(2)]: {} }))
  await scene.clock.advance(2 * second)
  // One at a time: the phone has not answered yet.
  expect(scene.tells).toHaveLength(1)
  answer()
  await scene.clock.advance(2 * second)
  expect(scene.tells).toHaveLength(2)
  expect(await scene.job(mac(1))).toMatchObject({ state: 'told', attempts: 1 })
})

test('a restart that somebody orders happens though the phone has all its files', async () => {
  const scene = await changedKey()
  await scene.boots(mac(1))
  scene.start()
  await scene.clock.advance(second)
  expect(scene.tells).toHaveLength(0)
  await scene.store.reboots.order({
    macs: [mac(2)],
    dueAt: scene.clock.now() + minute,
    who: 'ana',
    at: scene.clock.now(),
  })
  await scene.clock.advance(minute - second)
  expect(scene.tells).toHaveLength(0)
  await scene.clock.advance(2 * second)
  expect(scene.tells.map(({ wake }) => [wake.mac, wake.form])).toStrictEqual([[mac(2), 'reboot']])
  await scene.boots(mac(2))
  await scene.clock.advance(2 * second)
  expect(await scene.job(mac(2))).toBeUndefined()
})

test('what is cancelled is not told', async () => {
  const scene = await changedKey()
  await scene.store.reboots.cancel([mac(1)], 'ana', scene.clock.now())
  scene.start()
  await scene.clock.pass(hour)
  expect(scene.tells).toHaveLength(0)
})

test('a sender that fails is told in the log, and the others are told all the same', async () => {
  const scene = await createScene()
  await scene.apply(company('A', { [mac(1)]: {}, [mac(2)]: {} }))
  await scene.boots(mac(1), mac(2))
  await scene.apply(company('A', { [mac(1)]: shortcut('3899'), [mac(2)]: shortcut('3899') }))
  scene.script = (wake) => {
    if (wake.mac === mac(1)) throw new Error('out of order')
    return heard
  }
  scene.start()
  await scene.clock.advance(2 * second)
  expect(await scene.job(mac(1))).toMatchObject({
    state: 'waiting',
    lastDetail: 'this server could not send it; its log says why',
  })
  expect(await scene.job(mac(2))).toMatchObject({ state: 'told' })
  expect(scene.log.filter(({ level }) => level === 'error')).toHaveLength(1)
})

test('a wrong account is warned of once a company, however many devices it concerns', async () => {
  const scene = await createScene()
  const phones = (line: object): Record<string, object> =>
    Object.fromEntries([1, 2, 3, 4].map((i) => [mac(i), line]))
  await scene.apply(company('A', phones({})))
  await scene.boots(...[1, 2, 3, 4].map(mac))
  await scene.apply(company('A', phones(shortcut('3899'))))
  scene.script = () => ({ result: 'credentials', status: 407, detail: '407 again' })
  scene.start()
  await scene.clock.pass(3 * hour)
  expect(scene.tells).toHaveLength(8)
  expect(scene.log.filter(({ level }) => level === 'warn')).toMatchObject([
    { fields: { company: 'A', result: 'credentials' } },
  ])
})

test('a store that fails for a while is told of once, and then all goes on', async () => {
  const scene = await changedKey()
  let broken = true
  const reboots: Reboots = {
    ...scene.store.reboots,
    due: (...asked) =>
      broken ? Promise.reject(new Error('the disk is full')) : scene.store.reboots.due(...asked),
  }
  scene.start({ store: { ...scene.store, reboots } })
  await scene.clock.advance(5 * second)
  broken = false
  await scene.clock.advance(2 * second)
  expect(scene.tells).toHaveLength(1)
  expect(scene.log.filter(({ level }) => level === 'error')).toHaveLength(1)
})
