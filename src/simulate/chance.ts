/** Draws that are the same for the same seed, so that a run can be had again. */
export interface Chance {
  /** From 0 up to 1, without it. */
  next(): number
  /** So many of them, each once, in the order they were drawn. */
  some<T>(from: readonly T[], count: number): readonly T[]
}

/** mulberry32: 32 bits of state are plenty for who loses power when. */
export function chanceOf(seed: number): Chance {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  return {
    next,
    some(from, count) {
      const left = [...from]
      const drawn: (typeof left)[number][] = []
      while (drawn.length < count && left.length > 0)
        drawn.push(...left.splice(Math.floor(next() * left.length), 1))
      return drawn
    },
  }
}
