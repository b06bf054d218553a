/** Prints what a test run came to: what failed and why, what was unsteady, and last `N passed, N failed`. */
import { readFileSync } from 'node:fs'
import { reportFile } from './closing-report.mjs'

const report = read() ?? {
  passed: 0,
  skipped: 0,
  failures: [{ name: 'the tests did not end', why: '' }],
  again: [],
}
for (const name of report.again) say(`passed only when tried again: ${name}`)
for (const { name, why } of report.failures)
  say(`FAILED ${name}\n  ${why.slice(0, 1_500).replaceAll('\n', '\n  ')}`)
if (report.skipped > 0) say(`${report.skipped} skipped`)
say(`${report.passed} passed, ${report.failures.length} failed`)

function say(text) {
  process.stdout.write(`${text}\n`)
}

function read() {
  try {
    return JSON.parse(readFileSync(reportFile, 'utf8'))
  } catch {
    return undefined
  }
}
