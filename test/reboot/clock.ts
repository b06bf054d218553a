import type { Later } from '../../src/reboot/timers.ts'

/** A clock that only moves when it is told to, and lets everything that a timer starts come to rest first. */
export interface Clock {
  now(): number
  readonly later: Later
  advance(ms: number): Promise<void>
  /** The same for hours and days, where it does not matter when within some minutes a timer goes off. */
  pass(ms: number): Promise<void>
  /** Everything that was begun, other than timers, has come to its end. */
  rest(): Promise<void>
  /** Makes the clock wait for this. */
  watch<T>(work: Promise<T>): Promise<T>
}

const coarse = 4 * 60_000

export function createClock(start: number): Clock {
  let time = start
  const timers = new Set<{ readonly at: number; readonly work: () => void }>()
  let busy = 0

  const rest = async (): Promise<void> => {
    for (let quiet = 0; quiet < 2; quiet = busy === 0 ? quiet + 1 : 0) await new Promise(setImmediate)
  }

  return {
    now: () => time,
    later(ms, work) {
      const timer = { at: time + ms, work }
      timers.add(timer)
      return () => timers.delete(timer)
    },
    async advance(ms) {
      const end = time + ms
      await rest()
      for (;;) {
        const [next] = [...timers].sort((a, b) => a.at - b.at)
        if (!next || next.at > end) break
        timers.delete(next)
        time = Math.max(time, next.at)
        next.work()
        await rest()
      }
      time = end
    },
    rest,
    async pass(ms) {
      await rest()
      for (const end = time + ms; time < end; ) {
        time = Math.min(time + coarse, end)
        for (const timer of [...timers].filter(({ at }) => at <= time)) {
          if (timers.delete(timer)) timer.work()
        }
        await rest()
      }
    },
    watch(work) {
      busy += 1
      const done = (): void => {
        busy -= 1
      }
      work.then(done, done)
      return work
    },
  }
}
