/** What happened, in its order, for a test to read and to wait for. */
export interface Tape<T> {
  readonly all: readonly T[]
  add(entry: T): void
  /** Every entry, those that are there already and those to come. */
  each(tell: (entry: T) => void): void
  /** The first entry that fits, among those from a place on: as soon as it is there. */
  until(fits: (entry: T) => boolean, from?: number): Promise<T>
}

/** After this nothing more is to be expected, and the test is told what there was instead. */
const patience = 20_000

export function createTape<T>(name: string): Tape<T> {
  const all: T[] = []
  const readers = new Set<() => void>()
  const listeners: ((entry: T) => void)[] = []
  return {
    all,
    add(entry) {
      all.push(entry)
      for (const tell of listeners) tell(entry)
      for (const read of readers) read()
    },
    each(tell) {
      listeners.push(tell)
      for (const entry of all) tell(entry)
    },
    until: (fits, from = 0) =>
      new Promise((resolve, reject) => {
        const read = (): void => {
          const found = all.slice(from).find(fits)
          if (found === undefined) return
          clearTimeout(timer)
          readers.delete(read)
          resolve(found)
        }
        const timer = setTimeout(() => {
          readers.delete(read)
          const there = all.slice(from).map((entry) => `\n  ${JSON.stringify(entry)}`)
          reject(new Error(`${name}: what was waited for did not happen, but${there.join('') || ' nothing'}`))
        }, patience)
        readers.add(read)
        read()
      }),
  }
}

/** For what nobody announces: looks again and again until it is as it should be. */
export async function eventually<T>(look: () => Promise<T> | T, fits: (seen: T) => boolean): Promise<T> {
  const end = performance.now() + patience
  for (;;) {
    const seen = await look()
    if (fits(seen)) return seen
    if (performance.now() > end) throw new Error(`it never came to be as it should: ${JSON.stringify(seen)}`)
    await new Promise((resolve) => setTimeout(resolve, 40))
  }
}
