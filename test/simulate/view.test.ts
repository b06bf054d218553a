import { expect, test } from 'vitest'
import { contextIn } from '../../src/cli/context.ts'
import { createRun } from '../../src/cli/simulate-run.ts'
import { catalogue } from '../../src/devices/catalogue.ts'
import type { Boot, Outcome, VirtualPhone } from '../../src/simulate/phone.ts'
import { createCount } from '../../src/simulate/summary.ts'
import { fakeWorld } from '../cli/fake-world.ts'

const model = catalogue.find('yealink/t54w')

function phone(mac: string): VirtualPhone {
  if (!model) throw new Error('the model is gone')
  const hardware = { mac, model, expansion: [] }
  return {
    hardware,
    wanted: { company: 'A' } as never,
    boot: () => Promise.reject(),
    expect() {},
    reset() {},
    change() {},
  }
}

function boot(mac: string, outcome: Outcome, more: Partial<Boot> = {}): Boot {
  return { mac, outcome, differences: [], requests: 1, askedToWait: 0, milliseconds: 10, took: [10], ...more }
}

const macs = ['805ec0000001', '805ec0000002'] as const

test('a terminal shows what is wrong first, and drawn anew', () => {
  const world = fakeWorld({}, true)
  const phones = macs.map(phone)
  const run = createRun(contextIn(world, false), phones)
  const difference = { where: 'key 3', is: 'nothing', should: 'line "\u001b[2J"' }
  run.happened({ phone: phone(macs[0]), happening: 'polls', boot: boot(macs[0], 'ok') })
  run.happened({
    phone: phone(macs[1]),
    happening: 'lost power',
    boot: boot(macs[1], 'wrong', { differences: [difference] }),
  })
  expect(run.end()).toBe(1)
  run.forget()
  const text = world.written.stdout()
  expect(text).toContain('1 of 2 virtual phones are what they should be')
  expect(text.indexOf('80:5e:c0:00:00:02')).toBeLessThan(text.indexOf('80:5e:c0:00:00:01'))
  expect(text).toContain('  key 3: is nothing, should be line')
  // Whatever stands on a key never moves the cursor.
  expect(text).not.toContain('\u001b[2J')
})

test('a later good start makes up for a bad one, but not within a storm', () => {
  const once = createRun(contextIn(fakeWorld(), false), macs.map(phone))
  once.booted(boot(macs[0], 'turned away'))
  once.booted(boot(macs[0], 'ok'))
  expect(once.end()).toBe(1)
  once.forget()
  const living = createRun(contextIn(fakeWorld(), false), macs.map(phone))
  living.happened({ phone: phone(macs[0]), happening: 'switched on', boot: boot(macs[0], 'turned away') })
  living.happened({ phone: phone(macs[0]), happening: 'polls', boot: boot(macs[0], 'ok') })
  expect(living.end()).toBe(0)
  living.forget()
})

test('half of the starts took as long as p50 at most', () => {
  const count = createCount()
  for (let i = 1; i <= 200; i++)
    count.add(boot(macs[0], i > 190 ? 'wrong' : 'ok', { milliseconds: i, took: [i, i] }))
  const { starts, outcomes, requests, boot: spread } = count.summary(2)
  expect({ starts, ok: outcomes.ok, wrong: outcomes.wrong, requests }).toEqual({
    starts: 200,
    ok: 190,
    wrong: 10,
    requests: 400,
  })
  expect(spread).toEqual({ p50: 101, p99: 199, most: 200 })
})
