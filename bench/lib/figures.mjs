/** The middle one: what a single disturbed round says does not count. */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
}

/** Ratios round by round: two programs that ran one after the other saw about the same machine. */
export function ratios(ours, theirs) {
  return ours.map((value, i) => value / theirs[i])
}

/** `1.02 (0.97 to 1.10)`: the median, and between what it lay. */
export function spread(values, digits = 2) {
  const low = Math.min(...values).toFixed(digits)
  const high = Math.max(...values).toFixed(digits)
  return `${median(values).toFixed(digits)} (${low} to ${high})`
}

/** What a bench is after, and whether it was met here and now. */
export function verdict(value, aim, digits = 2) {
  const met = aim.least === undefined ? value <= aim.most : value >= aim.least
  const wanted = aim.least === undefined ? `at most ${aim.most}` : `at least ${aim.least}`
  return `${value.toFixed(digits)}, aim ${wanted}: ${met ? 'met' : 'NOT met'}`
}

export function percentile(values, share) {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]
}
