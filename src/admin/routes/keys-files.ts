import { z } from 'zod'
import type { ShownFile } from '../services.ts'

export const fileChangeOf = z.object({
  name: z.string(),
  changed: z.boolean(),
  lines: z
    .array(z.object({ sign: z.enum(['+', '-']), text: z.string() }))
    .describe('What goes and what comes, in the order of the file'),
})

export type FileChange = z.output<typeof fileChangeOf>

/** How the files of a device differ before and after, line by line. */
export function fileChanges(
  before: readonly ShownFile[],
  after: readonly ShownFile[],
): readonly FileChange[] {
  const names = [...new Set([...before, ...after].map(({ name }) => name))]
  const bodyOf = (files: readonly ShownFile[], name: string) =>
    files.find((file) => file.name === name)?.body ?? ''
  return names.map((name) => {
    const [was, is] = [bodyOf(before, name), bodyOf(after, name)]
    return {
      name,
      changed: was !== is,
      lines: was === is ? [] : lineChanges(was.split('\n'), is.split('\n')),
    }
  })
}

/** Files of thousands of lines differ in a few: what both have at their ends is set aside first. */
function lineChanges(was: readonly string[], is: readonly string[]): FileChange['lines'] {
  let head = 0
  while (head < was.length && head < is.length && was[head] === is[head]) head++
  let tail = 0
  while (tail < was.length - head && tail < is.length - head && was.at(-1 - tail) === is.at(-1 - tail)) tail++
  return between(was.slice(head, was.length - tail), is.slice(head, is.length - tail))
}

/** More cells than this are not worth their time: then all of the one goes and all of the other comes. */
const mostCells = 4_000_000

function between(was: readonly string[], is: readonly string[]): FileChange['lines'] {
  const gone = (text: string) => ({ sign: '-' as const, text })
  const come = (text: string) => ({ sign: '+' as const, text })
  if (was.length * is.length > mostCells) return [...was.map(gone), ...is.map(come)]
  const width = is.length + 1
  /** How many lines the rests from here on have in common. */
  const common = new Uint32Array((was.length + 1) * width)
  const at = (i: number, j: number) => common[i * width + j] ?? 0
  for (let i = was.length - 1; i >= 0; i--) {
    for (let j = is.length - 1; j >= 0; j--) {
      common[i * width + j] = was[i] === is[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1))
    }
  }
  const changes: FileChange['lines'] = []
  let [i, j] = [0, 0]
  while (i < was.length || j < is.length) {
    if (i < was.length && j < is.length && was[i] === is[j]) {
      i++
      j++
    } else if (i < was.length && (j === is.length || at(i + 1, j) >= at(i, j + 1))) {
      changes.push(gone(was[i++] ?? ''))
    } else {
      changes.push(come(is[j++] ?? ''))
    }
  }
  return changes
}
