/** Prints what the test runs came to: what failed and why, what was unsteady, and last `N passed, N failed`. */
import { readFileSync } from 'node:fs'
import { reportFiles } from './closing-report.mjs'

const asked = process.argv.slice(2)
const sum = { passed: 0, failed: 0 }
for (const database of asked.length > 0 ? asked : ['sqlite']) {
  const report = read(reportFiles[database]) ?? {
    passed: 0,
    skipped: 0,
    failures: [{ name: 'the tests did not end', why: '' }],
    again: [],
  }
  for (const name of report.again) say(`passed only when tried again: ${name}`)
  for (const { name, why } of report.failures)
    say(`FAILED ${name}\n  ${why.slice(0, 1_500).replaceAll('\n', '\n  ')}`)
  if (report.skipped > 0) say(`${report.skipped} skipped on ${database}`)
  sum.passed += report.passed
  sum.failed += report.failures.length
}
say(`${sum.passed} passed, ${sum.failed} failed`)

function say(text) {
  process.stdout.write(`${text}\n`)
}

function read(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return undefined
  }
}
