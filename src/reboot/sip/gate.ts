/** Lets so many in at a time; the others wait in the order they came. */
export interface Gate {
  /** Runs it when there is room. */
  pass<T>(run: () => Promise<T>): Promise<T>
}

export function createGate(room: number): Gate {
  let inside = 0
  const waiting: (() => void)[] = []
  return {
    async pass(run) {
      if (inside >= room) await new Promise<void>((resolve) => waiting.push(resolve))
      else inside++
      try {
        return await run()
      } finally {
        // Whoever waits takes the place over, so that nobody who comes now gets in before.
        const next = waiting.shift()
        if (next) next()
        else inside--
      }
    },
  }
}
