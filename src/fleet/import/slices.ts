import { setImmediate as nextTurn } from 'node:timers/promises'

const slice = 500

/** Goes through many rows a slice at a time: between two of them the process does its other work. */
export async function inSlices<T>(items: Iterable<T>, work: (item: T) => void): Promise<void> {
  let done = 0
  for (const item of items) {
    work(item)
    if (++done % slice === 0) await nextTurn()
  }
}
