import { z } from 'zod'
import { lineEdits } from '../../domain/line-diff.ts'
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
      lines: was === is ? [] : lineChanges(was, is),
    }
  })
}

function lineChanges(was: string, is: string): FileChange['lines'] {
  return lineEdits(was.split('\n'), is.split('\n')).flatMap(({ sign, text }) =>
    sign === ' ' ? [] : [{ sign, text }],
  )
}
