import type { ServiceLog } from './log.ts'

/** Work that is done again and again while the service runs. */
export interface Repeating {
  /** One run at a time: a slow store is not asked twice. What it gives runs the work now. */
  every(pause: number, work: () => Promise<void>): () => void
  /** Begins nothing more, and waits for what is under way. */
  close(): Promise<void>
}

export function createRepeating(log: Pick<ServiceLog, 'error'>): Repeating {
  const running = new Set<Promise<void>>()
  const timers: NodeJS.Timeout[] = []
  let closed = false

  function every(pause: number, work: () => Promise<void>): () => void {
    let busy = false
    let asked = false
    let failing = false
    const turn = async () => {
      try {
        await work()
        failing = false
      } catch (error) {
        if (!failing) log.error({ err: error }, 'upkeep failed and is tried again')
        failing = true
      } finally {
        busy = false
      }
    }
    const begin = (): void => {
      if (busy) return
      busy = true
      const run = turn()
      running.add(run)
      void run.finally(() => {
        running.delete(run)
        if (asked) now()
      })
    }
    // A run that is under way may have looked before whoever asks had anything to show.
    const now = (): void => {
      asked = busy && !closed
      if (!asked && !closed) begin()
    }
    timers.push(setInterval(begin, pause).unref())
    return now
  }

  return {
    every,
    async close() {
      closed = true
      for (const timer of timers) clearInterval(timer)
      await Promise.all(running)
    },
  }
}
