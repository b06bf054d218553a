/** What has been counted under one combination of labels. */
export interface Cell<Labels> {
  readonly labels: Labels
  count: number
}

export interface Tally {
  add(transport: string, vendor: string, kind: string, answer: number): void
  cells(): Iterable<Cell<AnswerLabels>>
}

export interface AnswerLabels {
  readonly transport: string
  readonly vendor: string
  readonly kind: string
  readonly answer: string
}

/**
 * Counts answers by their labels. When a site comes back thousands of requests are alike, one after the other: then
 * counting is one comparison and one addition, with nothing to look up.
 */
export function createTally(): Tally {
  const cells = new Map<string, Cell<AnswerLabels>>()
  let last = { transport: '', vendor: '', kind: '', answer: -1 }
  let cell: Cell<AnswerLabels> | undefined

  return {
    add(transport, vendor, kind, answer) {
      const same =
        last.answer === answer && last.kind === kind && last.vendor === vendor && last.transport === transport
      if (!cell || !same) {
        const key = `${transport} ${vendor} ${kind} ${answer}`
        cell = cells.get(key) ?? { labels: { transport, vendor, kind, answer: String(answer) }, count: 0 }
        cells.set(key, cell)
        last = { transport, vendor, kind, answer }
      }
      cell.count++
    },
    cells: () => cells.values(),
  }
}
