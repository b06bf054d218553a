import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'closing-'))
  symlinkSync(resolve('node_modules'), join(folder, 'node_modules'))
})
afterAll(() => rmSync(folder, { recursive: true }))

const head = "import { expect, test } from 'vitest'\n"

test.each([
  ['all passed', "test('a', () => {})\ntest('b', () => {})", '2 passed, 0 failed\n'],
  [
    'one failed',
    "test('a', () => {})\ntest('b', () => expect(1).toBe(2))",
    'FAILED a.test.ts > b\n  expected 1 to be 2 // Object.is equality\n1 passed, 1 failed\n',
  ],
  [
    'a file broke before its first test',
    "throw new Error('broken')",
    'FAILED a.test.ts\n  broken\n0 passed, 1 failed\n',
  ],
  [
    'one was skipped',
    "test('a', () => {})\ntest.skip('b', () => {})",
    '1 skipped on sqlite\n1 passed, 0 failed\n',
  ],
  [
    'one passed when tried again',
    "let tries = 0\ntest('a', { retry: 1 }, () => expect(++tries).toBe(2))",
    'passed only when tried again: a.test.ts > a\n1 passed, 0 failed\n',
  ],
])('%s', (name, source, expected) => {
  const at = join(folder, name.replaceAll(' ', '-'))
  mkdirSync(at)
  writeFileSync(join(at, 'a.test.ts'), head + source)
  const vitest = resolve('node_modules/vitest/vitest.mjs')
  const reporter = `--reporter=${resolve('scripts/closing-report.mjs')}`
  // What the outer run says in its environment is not for the inner one.
  spawnSync(process.execPath, [vitest, 'run', '--root', at, reporter], {
    cwd: at,
    env: { PATH: process.env.PATH },
  })
  expect(closingLine(at)).toBe(expected)
})

test('there is no report', () => {
  expect(closingLine(folder)).toBe('FAILED the tests did not end\n  \n0 passed, 1 failed\n')
})

function closingLine(cwd: string): string {
  return spawnSync(process.execPath, [resolve('scripts/closing-line.mjs')], { cwd, encoding: 'utf8' }).stdout
}
