import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { lineEdits } from '../../src/domain/line-diff.ts'
import { unifiedDiff } from '../../src/domain/unified-diff.ts'

const folder = mkdtempSync(join(tmpdir(), 'bootline-diff-'))
afterAll(() => rmSync(folder, { recursive: true }))

const text = fc
  .tuple(fc.array(fc.constantFrom('a', 'b', 'c', '', '-x', '@@'), { maxLength: 30 }), fc.boolean())
  .map(([lines, ended]) => lines.join('\n') + (ended && lines.length > 0 ? '\n' : ''))

test('edits lead from one text to the other', () => {
  fc.assert(
    fc.property(text, text, (was, is) => {
      const edits = lineEdits(was.split('\n'), is.split('\n'))
      const side = (without: string) =>
        edits
          .filter(({ sign }) => sign !== without)
          .map((edit) => edit.text)
          .join('\n')
      expect(side('+')).toBe(was)
      expect(side('-')).toBe(is)
    }),
  )
})

test('a change is shown with three lines around it, and its place', () => {
  const lines = Array.from({ length: 20 }, (_, i) => `line ${i + 1}`)
  const changed = lines.with(9, 'changed')
  expect(unifiedDiff('x.cfg', `${lines.join('\n')}\n`, `${changed.join('\n')}\n`)).toBe(
    [
      '--- x.cfg',
      '+++ x.cfg',
      '@@ -7,7 +7,7 @@',
      ' line 7',
      ' line 8',
      ' line 9',
      '-line 10',
      '+changed',
      ' line 11',
      ' line 12',
      ' line 13',
      '',
    ].join('\n'),
  )
  expect(unifiedDiff('x.cfg', 'a\n', 'a\n')).toBe('')
  expect(unifiedDiff('x.cfg', 'a', 'a\n')).toBe(
    '--- x.cfg\n+++ x.cfg\n@@ -1 +1 @@\n-a\n\\ No newline at end of file\n+a\n',
  )
})

const patches = spawnSync('patch', ['--version']).status === 0

test.runIf(patches)('patch makes the other text of it', () => {
  const file = join(folder, 'x.cfg')
  fc.assert(
    fc.property(text, text, (was, is) => {
      fc.pre(was !== is && was !== '' && is !== '')
      writeFileSync(file, was)
      const patched = spawnSync('patch', ['-s', '-o', '-', file], { input: unifiedDiff('x.cfg', was, is) })
      expect({ text: patched.stdout.toString(), status: patched.status }).toEqual({ text: is, status: 0 })
    }),
    { numRuns: 40 },
  )
})
