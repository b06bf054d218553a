/** Prints what a test run came to, `N passed, N failed`, from the JSON report that vitest wrote. */
import { readFileSync } from 'node:fs'

const report = read(process.argv[2])
const suites = report?.testResults ?? []
// A file that breaks before its first test has none that failed, yet it failed.
const broken = suites.filter(
  (suite) => suite.status === 'failed' && suite.assertionResults.length === 0,
).length
const skipped = (report?.numPendingTests ?? 0) + (report?.numTodoTests ?? 0)
const failed = (report?.numFailedTests ?? 0) + broken
if (skipped > 0) process.stdout.write(`${skipped} skipped\n`)
process.stdout.write(`${report?.numPassedTests ?? 0} passed, ${report ? failed : 1} failed\n`)

function read(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return undefined
  }
}
