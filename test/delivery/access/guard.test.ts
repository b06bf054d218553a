import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createGuard, type Guard } from '../../../src/delivery/access/guard.ts'
import { guardLimits } from '../../../src/delivery/access/guard-score.ts'

const t0 = Date.UTC(2026, 0, 1)
const guesser = '203.0.113.5'
const events = (alerts: readonly { event: string }[]): string[] => alerts.map(({ event }) => event)

function mac(number: number): string {
  return (0x64167f000000 + number).toString(16)
}

/** Asks for the devices numbered so, all in one moment; gives back the events. */
function ask(guard: Guard, numbers: readonly number[], source = guesser, now = t0): string[] {
  return numbers.flatMap((number) =>
    events(guard.refused({ source, mac: mac(number), why: 'unknown-device' }, now)),
  )
}

const upwards = Array.from({ length: 100 }, (_, i) => i)
const scattered = upwards.map((i) => i * 1000)

describe('a source is shut out', () => {
  it('for counting through addresses, and soon', () => {
    const guard = createGuard()
    expect(ask(guard, upwards.slice(0, 20))).toEqual(['sequential-names', 'guessing-started'])
    expect(guard.shutOut(guesser, t0)).toBe(true)
  })

  it('for counting downwards by twos', () => {
    const guard = createGuard()
    const names = upwards.slice(0, 20).map((i) => 100 - 2 * i)
    expect(ask(guard, names)).toContain('guessing-started')
  })

  it('for many different names, later', () => {
    const guard = createGuard()
    expect(ask(guard, scattered.slice(0, guardLimits.shutOutFrom - 1))).toEqual([])
    expect(guard.shutOut(guesser, t0)).toBe(false)
    expect(ask(guard, scattered.slice(guardLimits.shutOutFrom - 1))).toEqual(['guessing-started'])
  })

  it('for wrong credentials of many devices', () => {
    const guard = createGuard()
    const wrong = scattered
      .slice(0, 30)
      .flatMap((number) => guard.refused({ source: guesser, mac: mac(number), why: 'credentials-wrong' }, t0))
    expect(events(wrong)).toEqual(['guessing-started'])
  })

  it('whichever address of its IPv6 network it takes', () => {
    const guard = createGuard()
    upwards.forEach((i) => void ask(guard, [i], `2001:db8:0:1::${(i + 1).toString(16)}`))
    expect(guard.shutOut('2001:db8:0:1:ffff::1', t0)).toBe(true)
    expect(guard.shutOut('2001:db8:0:2::1', t0)).toBe(false)
  })
})

describe('a source is not shut out', () => {
  it('for one phone that asks again and again', () => {
    const guard = createGuard()
    for (let minute = 0; minute < 24 * 60; minute++) {
      expect(ask(guard, [1], guesser, t0 + minute * 60_000)).toEqual([])
    }
    expect(guard.shutOut(guesser, t0 + 24 * 3_600_000)).toBe(false)
  })

  it('for a site whose phones come to sign in, however close their addresses are', () => {
    const guard = createGuard()
    for (const number of upwards) {
      const asked = { source: guesser, mac: mac(number), why: 'credentials-needed' } as const
      expect(guard.refused(asked, t0)).toEqual([])
    }
    expect(guard.delay(guesser, t0)).toBe(0)
  })

  it('for a delivery of phones that are not linked yet', () => {
    const guard = createGuard()
    const booting = Array.from({ length: 40 }, (_, i) => (i * 17) % 40)
    expect(ask(guard, booting)).toEqual([])
    expect(guard.shutOut(guesser, t0)).toBe(false)
  })

  it('for what another did', () => {
    const guard = createGuard()
    ask(guard, upwards)
    expect(guard.shutOut('203.0.113.6', t0)).toBe(false)
    expect(guard.delay('203.0.113.6', t0)).toBe(0)
  })
})

describe('time', () => {
  it('lets a source in again, and says so once', () => {
    const guard = createGuard()
    ask(guard, upwards.slice(0, 14))
    const later = t0 + 2 * guardLimits.halfLife
    expect(guard.shutOut(guesser, t0 + guardLimits.halfLife / 2)).toBe(true)
    expect(guard.settle(t0 + guardLimits.halfLife / 2)).toEqual([])
    expect(guard.shutOut(guesser, later)).toBe(false)
    expect(guard.settle(later)).toEqual([{ event: 'guessing-stopped', source: guesser }])
    expect(guard.settle(later)).toEqual([])
  })

  it('slows answers down the more the longer it goes on, up to a limit', () => {
    const guard = createGuard()
    const delays = scattered.map((number) => {
      ask(guard, [number])
      return guard.delay(guesser, t0)
    })
    expect(delays[0]).toBe(0)
    expect(delays).toEqual([...delays].sort((one, other) => one - other))
    expect(delays.at(-1)).toBe(guardLimits.longestDelay)
    expect(guard.delay(guesser, t0 + 10 * guardLimits.halfLife)).toBe(0)
  })

  it('a source that goes in and out is told of each time', () => {
    const guard = createGuard()
    const told = [0, 1, 2].flatMap((round) => {
      const now = t0 + round * 20 * guardLimits.halfLife
      return ask(
        guard,
        upwards.map((i) => i * 1000 + round),
        guesser,
        now,
      )
    })
    expect(told.filter((event) => event === 'guessing-started')).toHaveLength(3)
    expect(told.filter((event) => event === 'guessing-stopped')).toHaveLength(2)
  })
})

describe('memory', () => {
  it('is bounded: the source that was quiet longest is forgotten first', () => {
    const guard = createGuard(3)
    const sources = ['192.0.2.1', '192.0.2.2', '192.0.2.3']
    for (const source of sources) ask(guard, upwards, source)
    ask(guard, [1], '192.0.2.1')
    ask(guard, [1], '192.0.2.4')
    expect(sources.map((source) => guard.shutOut(source, t0))).toEqual([true, false, true])
  })

  it('of one source does not grow with its names: old ones count as new', () => {
    const guard = createGuard()
    const names = scattered.slice(0, guardLimits.names + 1)
    ask(guard, [...names, ...names])
    const twice = createGuard()
    ask(twice, names.slice(0, 20))
    const before = twice.delay(guesser, t0)
    ask(twice, names.slice(0, 20))
    expect(guard.delay(guesser, t0)).toBe(guardLimits.longestDelay)
    expect(twice.delay(guesser, t0) - before).toBeLessThan(guardLimits.longestDelay / 10)
  })
})

it('in any order of things, a shut-out source has points and a started one is told before it stops', () => {
  const step = fc.record({ number: fc.nat(50), wait: fc.nat(guardLimits.halfLife) })
  fc.assert(
    fc.property(fc.array(step, { maxLength: 150 }), (steps) => {
      const guard = createGuard()
      let now = t0
      let inside = false
      for (const { number, wait } of steps) {
        now += wait
        for (const event of [...events(guard.settle(now)), ...ask(guard, [number], guesser, now)]) {
          if (event === 'sequential-names') continue
          expect(event).toBe(inside ? 'guessing-stopped' : 'guessing-started')
          inside = !inside
        }
        expect(guard.shutOut(guesser, now)).toBe(inside)
      }
    }),
  )
})
