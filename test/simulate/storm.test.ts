import { setMaxListeners } from 'node:events'
import { expect, onTestFinished, test } from 'vitest'
import { catalogue } from '../../src/devices/catalogue.ts'
import { drivers } from '../../src/devices/vendors.ts'
import { madeUpFleet } from '../../src/simulate/made-up.ts'
import { type Boot, makePhone } from '../../src/simulate/phone.ts'
import { storm } from '../../src/simulate/storm.ts'
import { createCount } from '../../src/simulate/summary.ts'
import { proxyTo } from './proxy.ts'
import { serverWith } from './server.ts'

const signal = new AbortController().signal
setMaxListeners(0, signal)

function mixOf(counts: Readonly<Record<string, number>>) {
  return new Map(
    Object.entries(counts).flatMap(([id, count]) => {
      const model = catalogue.find(id)
      return model ? [[model, count] as const] : []
    }),
  )
}

function rehearsal(seed: number): object {
  const mix = mixOf({ 'polycom/vvx-450': 20, 'yealink/t54w': 20, 'yealink/w60b': 5, 'audiocodes/mp-202b': 5 })
  return madeUpFleet(
    mix,
    seed,
    ({ maker }) => drivers.find((one) => one.prefixes[maker])?.prefixes[maker]?.[0] ?? '',
  )
}

test('two hundred starts of a made-up fleet at one moment, over https, all good in the end', async () => {
  const server = await serverWith(rehearsal(3), { BOOTLINE_HTTPS: '127.0.0.1:0' })
  onTestFinished(server.close)
  const phones = server.wanted.map((wanted) => makePhone(wanted, server.https, {}))
  expect(phones).toHaveLength(50)
  const count = createCount()
  const bad: Boot[] = []
  await storm(phones, 200, signal, (boot) => {
    count.add(boot)
    if (boot.outcome !== 'ok') bad.push(boot)
  })
  expect(bad).toEqual([])
  const { starts, outcomes, requests, boot } = count.summary(1)
  expect({ starts, ok: outcomes.ok }).toEqual({ starts: 200, ok: 200 })
  expect(requests).toBeGreaterThan(200)
  expect(boot.p50).toBeLessThanOrEqual(boot.p99)
}, 60_000)

test('a server that sheds load has everybody served in the end', async () => {
  const server = await serverWith(rehearsal(4))
  onTestFinished(server.close)
  let under = 0
  const proxy = await proxyTo(server.http, {
    refuse: () => (under++ % 3 === 0 ? { 'retry-after': '0.02' } : undefined),
  })
  const count = createCount()
  await storm(
    server.wanted.map((wanted) => makePhone(wanted, proxy.url, {})),
    50,
    signal,
    count.add,
  )
  const { outcomes, askedToWait } = count.summary(1)
  expect(outcomes).toEqual({ ok: 50, wrong: 0, 'turned away': 0, 'kept out': 0, unreachable: 0 })
  expect(askedToWait).toBeGreaterThan(50)
}, 60_000)

test('the same seed makes up the same fleet, another one another', () => {
  expect(rehearsal(5)).toEqual(rehearsal(5))
  expect(rehearsal(5)).not.toEqual(rehearsal(6))
})
