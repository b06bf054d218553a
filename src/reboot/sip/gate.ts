/** Lets so many in at a time; the others wait in the order they came. */
export interface Gate {
  /** Undefined where there is room: most of the time nobody has to wait, not even a turn of the loop. */
  enter(): Promise<void> | undefined
  /** Whoever has entered leaves, whatever has happened inside. */
  leave(): void
}

export function createGate(room: number): Gate {
  let inside = 0
  const waiting: (() => void)[] = []
  return {
    enter() {
      if (inside >= room) return new Promise((resolve) => waiting.push(resolve))
      inside++
      return undefined
    },
    leave() {
      // Whoever waits takes the place over, so that nobody who comes now gets in before.
      const next = waiting.shift()
      if (next) next()
      else inside--
    },
  }
}
