/** The first part of a run fills caches, prepares statements and compiles what is hot: it says nothing about leaks. */
const warmUp = 1 / 3
/** Fewer points than this make no line. */
const fewest = 6
/** What a process may grow by over a run for reasons of its own: pages of SQLite, arenas of the allocator. */
const slack = 8 * 1048576

/**
 * Whether memory grows with the work that is done. The slope is the median of those between all pairs of samples, so
 * that one odd sample moves nothing. `most`: bytes for each thing done; what stays below it is called flat.
 */
export function steadyGrowth(samples, most) {
  const counted = samples.slice(Math.floor(samples.length * warmUp))
  if (counted.length < fewest) return { judged: false }
  const slopes = counted
    .flatMap((a, i) => counted.slice(i + 1).map((b) => (b.bytes - a.bytes) / (b.done - a.done)))
    .sort((a, b) => a - b)
  const slope = slopes[Math.floor(slopes.length / 2)]
  const grown = slope * (counted.at(-1).done - counted[0].done)
  return { judged: true, slope, grown, grows: slope > most && grown > slack }
}
