import { type LineEdit, lineEdits } from './line-diff.ts'

/** So many lines that stay are shown around those that do not. */
const context = 3

/** How one text becomes the other, as `diff -u` writes it and `patch` reads it; empty where they are the same. */
export function unifiedDiff(name: string, before: string, after: string): string {
  if (before === after) return ''
  const edits = lineEdits(linesOf(before), linesOf(after))
  return [`--- ${name}`, `+++ ${name}`, ...hunks(edits).flatMap(written)].join('\n').concat('\n')
}

/** A last line without an end is another line than the same one with it, and is marked as `diff` does. */
function linesOf(text: string): readonly string[] {
  if (text === '') return []
  const lines = text.split('\n')
  const last = lines.pop()
  return last === '' ? lines : [...lines, `${last}\n\\ No newline at end of file`]
}

interface Hunk {
  /** How many lines of either text come before. */
  readonly from: { readonly was: number; readonly is: number }
  readonly edits: readonly LineEdit[]
}

/** Changes with what stays around them; those that are near each other are shown together. */
function hunks(edits: readonly LineEdit[]): readonly Hunk[] {
  const changed = edits.flatMap(({ sign }, i) => (sign === ' ' ? [] : [i]))
  const spans: { start: number; end: number }[] = []
  for (const i of changed) {
    const last = spans.at(-1)
    if (last && i - context <= last.end) last.end = i + context + 1
    else spans.push({ start: Math.max(0, i - context), end: i + context + 1 })
  }
  return spans.map(({ start, end }) => {
    const before = edits.slice(0, start)
    return {
      from: { was: count(before, '+'), is: count(before, '-') },
      edits: edits.slice(start, end),
    }
  })
}

/** How many of them are in the text that lines of this sign are not in. */
function count(edits: readonly LineEdit[], without: '-' | '+'): number {
  return edits.filter(({ sign }) => sign !== without).length
}

function written({ from, edits }: Hunk): readonly string[] {
  const [was, is] = [count(edits, '+'), count(edits, '-')]
  return [
    `@@ -${range(from.was, was)} +${range(from.is, is)} @@`,
    ...edits.map(({ sign, text }) => `${sign}${text}`),
  ]
}

/** Where a text has no line in a hunk, the one before it is named. */
function range(before: number, lines: number): string {
  if (lines === 0) return `${before},0`
  return lines === 1 ? `${before + 1}` : `${before + 1},${lines}`
}
