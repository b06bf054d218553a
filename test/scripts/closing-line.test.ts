import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'closing-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

test.each([
  ['all passed', { numPassedTests: 12, numFailedTests: 0, testResults: [] }, '12 passed, 0 failed\n'],
  ['some failed', { numPassedTests: 10, numFailedTests: 2, testResults: [] }, '10 passed, 2 failed\n'],
  [
    'a file broke before its first test',
    { numPassedTests: 10, numFailedTests: 0, testResults: [{ status: 'failed', assertionResults: [] }] },
    '10 passed, 1 failed\n',
  ],
  [
    'some were skipped',
    { numPassedTests: 1, numPendingTests: 2, testResults: [] },
    '2 skipped\n1 passed, 0 failed\n',
  ],
  ['there is no report', undefined, '0 passed, 1 failed\n'],
])('%s', (name, report, expected) => {
  const file = join(folder, `${name}.json`)
  if (report) writeFileSync(file, JSON.stringify(report))
  expect(spawnSync(process.execPath, ['scripts/closing-line.mjs', file], { encoding: 'utf8' }).stdout).toBe(
    expected,
  )
})
