import { forgetOldest } from '../tftp/limits.ts'

/** A phone repeats its question for some seconds at every start, and starts seldom. */
const BURST = 10
const MS_FOR_ONE_MORE = 2000

/** Sources remembered: forged ones must not fill the memory. */
const SOURCES = 4096

/** Says whether one more question of a source is heard. */
export function pnpLimits(now: () => number): (source: string) => boolean {
  const allowances = new Map<string, { left: number; at: number }>()
  return (source) => {
    const at = now()
    const known = allowances.get(source)
    const passed = known === undefined ? 0 : Math.max(0, at - known.at)
    const left = known === undefined ? BURST : Math.min(BURST, known.left + passed / MS_FOR_ONE_MORE)
    // Taken out and put back, the sources that ask stay and those long silent are forgotten first.
    if (known !== undefined) allowances.delete(source)
    else if (allowances.size >= SOURCES) forgetOldest(allowances)
    allowances.set(source, { left: left < 1 ? left : left - 1, at })
    return left >= 1
  }
}
