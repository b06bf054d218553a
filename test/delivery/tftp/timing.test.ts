import { describe, expect, it } from 'vitest'
import { DEFAULT_LIMITS, gate } from '../../../src/delivery/tftp/limits.ts'
import { patience } from '../../../src/delivery/tftp/patience.ts'

/** The ticks at which something is sent again, and at last given up. */
function tries(timeout?: number): { again: number[]; over: number } {
  const clock = { now: 0 }
  const wait = patience(clock, timeout)
  const again: number[] = []
  wait.sent()
  for (clock.now = 1; clock.now < 10_000; clock.now++) {
    const due = wait.due()
    if (due === 'again') again.push(clock.now)
    if (due === 'over') return { again, over: clock.now }
  }
  throw new Error('it never gave up')
}

describe('patience', () => {
  it('starts at a second, doubles up to eight, and ends after five tries', () => {
    expect(tries()).toEqual({ again: [10, 30, 70, 150, 230], over: 310 })
  })

  it('keeps to the timeout agreed on', () => {
    expect(tries(2)).toEqual({ again: [20, 40, 60, 80, 100], over: 120 })
  })

  it('waits longer on a slow line, and learns nothing from an answer to what was sent twice', () => {
    const clock = { now: 0 }
    const wait = patience(clock)
    wait.sent()
    clock.now = 9
    wait.heard() // A round trip of 0.9 s: the next wait is 2.7 s.
    wait.sent()
    clock.now += 26
    expect(wait.due()).toBe('wait')
    clock.now += 1
    expect(wait.due()).toBe('again')
    clock.now += 1
    wait.heard()
    wait.sent()
    clock.now += 53 // Still the doubled wait of 5.4 s.
    expect(wait.due()).toBe('wait')
    clock.now += 1
    expect(wait.due()).toBe('again')
  })

  it('starts counting tries anew once the transfer gets on', () => {
    const clock = { now: 0 }
    const wait = patience(clock, 1)
    for (let round = 0; round < 20; round++) {
      wait.sent()
      clock.now += 10
      expect(wait.due()).toBe('again')
      wait.heard()
    }
  })
})

describe('the gate', () => {
  const limits = {
    ...DEFAULT_LIMITS,
    transfers: 3,
    transfersPerAddress: 2,
    requestsPerSecond: 10,
    requestBurst: 4,
  }

  it('counts transfers in all and per address, and gives places back', () => {
    const doors = gate(limits, { now: 0 })
    expect([doors.enter('a'), doors.enter('a'), doors.enter('a')]).toEqual([true, true, false])
    expect([doors.enter('b'), doors.enter('c')]).toEqual([true, false])
    doors.leave('a')
    expect([doors.enter('c'), doors.enter('a')]).toEqual([true, false])
  })

  it('hears a burst, then the lasting rate, each address for itself', () => {
    const clock = { now: 0 }
    const doors = gate(limits, clock)
    const burst = (address: string) =>
      Array.from({ length: 6 }, () => doors.hear(address)).filter(Boolean).length
    expect(burst('a')).toBe(4)
    expect(burst('b')).toBe(4)
    clock.now = 2 // A fifth of a second: two more.
    expect(burst('a')).toBe(2)
    clock.now = 1000
    expect(burst('a')).toBe(4)
  })

  it('stays strict with an address while it forgets others', () => {
    const clock = { now: 0 }
    const doors = gate(limits, clock)
    for (let count = 0; count < 4; count++) doors.hear('a')
    doors.sweep()
    expect(doors.hear('a')).toBe(false)
  })
})
