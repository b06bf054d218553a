/** The candidate a typist most likely meant, when one is close enough to be worth naming. */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
  return resembling(word, candidates)[0]
}

/** All candidates within a few typing faults of a word, best first. */
export function resembling(word: string, candidates: readonly string[]): readonly string[] {
  const typed = word.slice(0, 64).toLowerCase()
  const limit = Math.max(1, Math.floor(typed.length / 3))
  return candidates
    .map((candidate) => ({ candidate, faults: typingFaults(typed, candidate.toLowerCase()) }))
    .filter(({ faults }) => faults <= limit)
    .sort((a, b) => a.faults - b.faults)
    .map(({ candidate }) => candidate)
}

/** Typing faults between two words: letters added, left out, exchanged, or two that changed places. */
export function typingFaults(a: string, b: string): number {
  let before: number[] = []
  let row = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const exchanged = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
      const moved = swapped ? (before[j - 2] ?? 0) + 1 : exchanged
      next.push(Math.min(exchanged, moved, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1))
    }
    before = row
    row = next
  }
  return row[b.length] ?? 0
}
