/**
 * A vitest reporter that writes what closing-line.mjs prints: how the tests went, which failed and why, and
 * which passed only when tried again.
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, relative } from 'node:path'

/** The tests of the store run once for each database. */
export const reportFiles = { sqlite: '.cache/tests.json', postgresql: '.cache/tests-postgresql.json' }
const reportFile = reportFiles[process.env.BOOTLINE_TEST_DATABASE || 'sqlite']

export default class ClosingReport {
  onInit() {
    rmSync(reportFile, { force: true })
  }

  onTestRunEnd(modules, unhandled) {
    const report = { passed: 0, skipped: 0, failures: unhandled.map(told('outside of any test')), again: [] }
    for (const module of modules) {
      const file = relative(process.cwd(), module.moduleId)
      // A file that breaks before its first test has none that failed, yet it failed; so do its hooks.
      report.failures.push(...module.errors().map(told(file)))
      for (const suite of module.children.allSuites())
        report.failures.push(...suite.errors().map(told(`${file} > ${suite.fullName}`)))
      for (const test of module.children.allTests()) count(test, `${file} > ${test.fullName}`, report)
    }
    mkdirSync(dirname(reportFile), { recursive: true })
    writeFileSync(reportFile, JSON.stringify(report))
  }
}

function count(test, name, report) {
  const { state, errors = [] } = test.result()
  if (state === 'passed') report.passed += 1
  else if (state === 'failed')
    report.failures.push({ name, why: errors.map((error) => error.message).join('\n') })
  else report.skipped += 1
  if (test.diagnostic()?.flaky) report.again.push(name)
}

function told(name) {
  return (error) => ({ name, why: error.message })
}
