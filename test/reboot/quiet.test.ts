import { expect, test } from 'vitest'
import { onServer } from '../store/databases.ts'
import { company, createScene, heard, hour, mac, minute, second, silent } from './scene.ts'

/** Phones spread over sites, all of which supervise one colleague; more than may be told in a minute on either database. */
const count = onServer ? 160 : 500
const perSite = 20
const sites = Array.from({ length: count / perSite }, (_, i) => `Site ${i}`)
const colleague = '+33483099999'

function supervising(lastName: string): object {
  const phones = Object.fromEntries(
    Array.from({ length: count }, (_, i) => [
      mac(i),
      { site: sites[i % sites.length], keys: { supervision: [colleague] } },
    ]),
  )
  const whole = company('A', phones, {}, sites) as { lines: object[] }
  const renamed = { number: colleague, kind: 'fixed', site: sites[0], firstName: 'Valérie', lastName }
  return { ...whole, lines: [...whole.lines, renamed] }
}

/** In Paris it is two minutes to ten, when it becomes quiet. */
const evening = Date.UTC(2026, 0, 15, 20, 58)
const quietFrom = evening + 2 * minute

test(`renaming one whom ${count} phones supervise wakes none before the quiet hours, and then at the rate`, async () => {
  const scene = await createScene(evening)
  const macs = Array.from({ length: count }, (_, i) => mac(i))
  await scene.apply(supervising('Diaz'))
  await scene.boots(...macs)
  await scene.clock.advance(second)
  await scene.apply(supervising('Durand'))
  expect(await scene.store.reboots.count()).toMatchObject({ waiting: count })
  scene.script = async ({ mac: told }) => {
    await scene.boots(told)
    return heard
  }
  scene.start({ perMinute: 120, perSite: 10 })
  await scene.clock.advance(minute)
  expect(scene.tells).toHaveLength(0)
  await scene.clock.advance(6 * minute)

  expect(scene.tells.every(({ at }) => at >= quietFrom)).toBe(true)
  expect(new Set(scene.tells.map((tell) => tell.mac)).size).toBe(count)
  expect(scene.tells).toHaveLength(count)
  const siteOf = (told: string): string | undefined => sites[macs.indexOf(told) % sites.length]
  for (const { at } of scene.tells) {
    const minuteFrom = scene.tells.filter((tell) => tell.at >= at && tell.at < at + minute)
    expect(minuteFrom.length).toBeLessThanOrEqual(120)
    for (const site of sites) {
      expect(minuteFrom.filter((tell) => siteOf(tell.mac) === site).length).toBeLessThanOrEqual(10)
    }
  }
  expect(scene.tells.every(({ wake }) => wake.form === 'resync')).toBe(true)
  expect(await scene.store.reboots.count()).toMatchObject({ waiting: 0, told: 0, 'given-up': 0 })
})

const renamed = (name: string) => company('A', { [mac(1)]: { lastName: name } })

test('a server that slept through the quiet hours waits for the next ones', async () => {
  const scene = await createScene(evening)
  await scene.apply(renamed('Diaz'))
  await scene.boots(mac(1))
  await scene.clock.advance(second)
  await scene.apply(renamed('Durand'))
  await scene.clock.advance(14 * hour)
  scene.start()
  await scene.clock.pass(9 * hour)
  expect(scene.tells).toHaveLength(0)
  const job = await scene.job(mac(1))
  expect(job).toMatchObject({ state: 'waiting', quiet: true, dueAt: quietFrom + 24 * hour })
  await scene.clock.pass(65 * minute)
  expect(scene.tells).toHaveLength(1)
})

test('trying again does not end up in working hours', async () => {
  const scene = await createScene(evening)
  await scene.apply(renamed('Diaz'))
  await scene.boots(mac(1))
  await scene.clock.advance(second)
  await scene.apply(renamed('Durand'))
  scene.script = () => silent
  scene.start()
  await scene.clock.pass(40 * hour)
  for (const { at } of scene.tells) {
    expect((at - quietFrom) % (24 * hour)).toBeLessThan(7 * hour)
    expect(at).toBeGreaterThanOrEqual(quietFrom)
  }
  expect(new Set(scene.tells.map(({ at }) => Math.floor((at - quietFrom) / (24 * hour)))).size).toBe(2)
})

test('somebody who wants it now need not wait for the quiet hours', async () => {
  const scene = await createScene()
  await scene.apply(renamed('Diaz'))
  await scene.boots(mac(1))
  await scene.clock.advance(second)
  await scene.apply(renamed('Durand'))
  scene.start()
  await scene.clock.advance(minute)
  expect(scene.tells).toHaveLength(0)
  await scene.store.reboots.reschedule([mac(1)], scene.clock.now(), 'ana', scene.clock.now())
  await scene.clock.advance(2 * second)
  expect(scene.tells).toHaveLength(1)
})
