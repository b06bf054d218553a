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

/** Typing faults between two words: letters added, left out or exchanged (Levenshtein). */
export function typingFaults(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const exchanged = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      next.push(Math.min(exchanged, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1))
    }
    row = next
  }
  return row[b.length] ?? 0
}
